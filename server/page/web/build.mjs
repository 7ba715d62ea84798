// Puts the SPARQL editor among the files that the server serves: `make page` runs it after `npm ci`.
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";

const from = new URL("node_modules/@zazuko/yasqe/", import.meta.url);
const to = new URL("../static/", import.meta.url);
const { name, version, license, author, homepage } = JSON.parse(readFileSync(new URL("package.json", from)));

for (const file of ["yasqe.min.js", "yasqe.min.css"]) copyFileSync(new URL(`build/${file}`, from), new URL(file, to));
writeFileSync(new URL("yasqe.txt", to), `${name} ${version}, ${author}, licence ${license}, ${homepage}\n`);
