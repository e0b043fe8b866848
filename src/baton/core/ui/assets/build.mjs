// Builds static/ui/dist from assets/. Modules add to it by place: <module>/assets/{screen,office,insight,public}.css and elements.js.
import { build } from "esbuild";
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync, copyFileSync, readdirSync, renameSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../../../../..");
const dist = join(here, "../static/ui/dist");
const out = `${dist}.${process.pid}`; // a build that fails leaves the old one in place
const packages = join(root, "node_modules");
const TARGET = ["chrome123", "firefox120", "safari17.5"];
const BUDGETS = { "app.js": 30, "app.css": 15, "insight.css": 8, "board.css": 2, "gate.css": 2, "office.css": 3, "public.css": 5, "public.js": 3, "inter-latin.woff2": 30, "inter-latin-names.woff2": 15 }; // kB, gzipped

const ofModules = (file) => globSync(`src/baton/*/*/assets/${file}`, { cwd: root }).filter((path) => !path.includes("core/ui/")).sort();
const isLayered = (path) => readFileSync(join(root, path), "utf8").includes("@layer");
const styles = (base, file, layer) => [
  `@import "./${base}";`,
  ...ofModules(file).map((path) => `@import "./${relative(here, join(root, path))}"${isLayered(path) ? "" : ` layer(${layer})`};`),
].join("\n");
const entries = {
  "app.css": styles("app.css", "screen.css", "screens"),
  "board.css": `@import "./board.css";`,
  "gate.css": styles("gate.css", "gate.css", "screens"),
  "office.css": styles("office.css", "office.css", "screens"),
  "insight.css": styles("insight.css", "insight.css", "insight"),
  "public.css": styles("public.css", "public.css", "screens"),
  "app.js": [`import "./app.js";`, ...ofModules("elements.js").map((path) => `import "./${relative(here, join(root, path))}";`)].join("\n"),
  "public.js": `import "./public.js";`,
};

process.on("exit", () => rmSync(out, { recursive: true, force: true }));
mkdirSync(out, { recursive: true });
for (const [name, contents] of Object.entries(entries)) {
  await build({
    stdin: { contents, resolveDir: here, sourcefile: `entry-${name}`, loader: name.endsWith(".js") ? "js" : "css" },
    bundle: true, minify: true, format: "esm", target: TARGET, outfile: join(out, name),
    external: ["*.woff2", "*.svg"], nodePaths: [packages], legalComments: "none", logLevel: "warning",
  });
}

const FONTS = join(packages, ".fonts"); // cut by scripts/fonts
for (const name of readdirSync(FONTS)) copyFileSync(join(FONTS, name), join(out, name));

// icons.txt: one icon a line, "ours" or "ours lucide-name".
const symbols = readFileSync(join(here, "icons.txt"), "utf8").split("\n").map((line) => line.split("#")[0].trim()).filter(Boolean).map((line) => {
  const [name, source = name] = line.split(/\s+/);
  const svg = readFileSync(join(packages, `lucide-static/icons/${source}.svg`), "utf8");
  const shapes = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>")).replace(/\s*\n\s*/g, "");
  return `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
});
writeFileSync(join(out, "sprite.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`);

let isOver = false;
for (const name of readdirSync(out).sort()) {
  const path = join(out, name);
  const packed = gzipSync(readFileSync(path)).length / 1000;
  const budget = BUDGETS[name];
  isOver ||= budget !== undefined && packed > budget;
  console.log(`${name.padEnd(24)}${(statSync(path).size / 1000).toFixed(1).padStart(8)} kB${packed.toFixed(1).padStart(8)} kB packed${budget ? `, at most ${budget}` : ""}`);
}
rmSync(dist, { recursive: true, force: true });
renameSync(out, dist);
if (isOver) {
  console.error("A file is over its budget (BUDGETS in build.mjs).");
  process.exit(1);
}
