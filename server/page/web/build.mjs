// Puts what the pages take from npm among the files that the server serves: `make page` runs it after `npm ci`.
import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";

const from = (path) => new URL(`node_modules/${path}`, import.meta.url);
const to = (name) => new URL(`../static/${name}`, import.meta.url);
const FORCE = ["d3-dispatch", "d3-quadtree", "d3-timer", "d3-force"]; // each needs those before it

for (const name of ["yasqe.min.js", "yasqe.min.css"]) copyFileSync(from(`@zazuko/yasqe/build/${name}`), to(name));
writeFileSync(to("force.min.js"), FORCE.map((name) => readFileSync(from(`${name}/dist/${name}.min.js`), "utf8")).join("\n"));

const origins = ["@zazuko/yasqe", ...FORCE].map((name) => {
  const { version, license, author, homepage } = JSON.parse(readFileSync(from(`${name}/package.json`)));
  const text = existsSync(from(`${name}/LICENSE`)) ? `\n${readFileSync(from(`${name}/LICENSE`), "utf8")}\n` : "";
  return `${name} ${version}, ${author.name ?? author}, licence ${license}, ${homepage}\n${text}`;
});
writeFileSync(to("npm.txt"), origins.join(""));
