import { QueryEngine } from '@comunica/query-sparql';
const [endpoint, query] = process.argv.slice(2);
const rows = await (await new QueryEngine().queryBindings(query, { sources: [{ type: 'sparql', value: endpoint }] })).toArray();
for (const row of rows) console.log(JSON.stringify(Object.fromEntries([...row].map(([k, v]) => [k.value, v.value]))));
