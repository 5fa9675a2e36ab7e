// Prints name, version and licence text of every package that esbuild put into the bundle.
import { existsSync, readFileSync, readdirSync } from "node:fs";

const meta = JSON.parse(readFileSync(process.argv[2], "utf8"));
const names = new Set(
  Object.keys(meta.inputs)
    .map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1])
    .filter(Boolean),
);
console.log("editor.js holds these packages.\n");
for (const name of [...names].sort()) {
  const folder = `node_modules/${name}`;
  const about = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  console.log(`== ${name} ${about.version} (${about.license})\n`);
  // The packages of one project share one licence text; some of them ship it only in their core.
  const text = file ?? (existsSync("node_modules/@tiptap/core/LICENSE.md") && name.startsWith("@tiptap/") ? "../core/LICENSE.md" : null);
  console.log(text ? `${readFileSync(`${folder}/${text}`, "utf8").trim()}\n` : "Licence text not in the package; MIT as named above.\n");
}
