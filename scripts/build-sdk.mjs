// Builds the SDK as it is published: `node scripts/build-sdk.mjs [folder]`, packages/sdk/dist where none is given.
// Every entry of its exports map becomes a CommonJS and an ES module with its types. Code and types of workspace packages
// that it uses go in, so that the package needs none that is not published.
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const root = fileURLToPath(new URL("..", import.meta.url));
const sdk = path.join(root, "packages/sdk");
const manifest = manifestOf(sdk);
/** Packages of the workspace, by name, with their folders: they go in. */
const bundled = Object.fromEntries(
  Object.entries(manifest.dependencies)
    .filter(([, range]) => /^workspace:/u.test(range))
    .map(([name]) => [name, path.join(root, "packages", placeOf(name))]),
);

/** By the name of its files, such as `testing/react`: where the entry's source is. */
const entries = Object.fromEntries(
  Object.entries(manifest.exports).map(([subpath, source]) => [
    subpath === "." ? "index" : subpath.slice("./".length),
    source,
  ]),
);

/**
 * An `import` of a module of Node's reads all of its getters, which loads what nobody asked for: a
 * quarter of the time that the client takes to load. `require` does not, and neither does this.
 */
const builtinsAtHand = {
  name: "builtins-at-hand",
  resolveId: (id) => (isBuiltin(id) ? `at-hand:${id}` : undefined),
  load(id) {
    const [, name] = id.split("at-hand:");
    if (name === undefined) return undefined;
    const members = Object.getOwnPropertyNames(process.getBuiltinModule(name));
    const code = [
      `const builtin = process.getBuiltinModule(${JSON.stringify(name)});`,
      "export default builtin;",
      ...members.filter(isName).map((member) => `export const ${member} = builtin.${member};`),
    ].join("\n");
    // A page, which has no `process`, is to get none of them that nothing uses.
    return { code, moduleSideEffects: false };
  },
};

const out = path.resolve(process.argv[2] ?? path.join(sdk, "dist"));
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
await writeCode();
writeTypes();
writeFileSync(path.join(out, "package.json"), `${JSON.stringify(published(), undefined, 2)}\n`);
copyFileSync(path.join(sdk, "README.md"), path.join(out, "README.md"));
copyFileSync(path.join(root, "LICENSE"), path.join(out, "LICENSE"));

process.stderr.write(`halyard: ${manifest.name} ${manifest.version} is built in ${out}\n`);

function manifestOf(folder) {
  return JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
}

function dependencies() {
  const all = [manifest, ...Object.values(bundled).map(manifestOf)];
  const needed = Object.assign({}, ...all.map((one) => one.dependencies));
  return Object.fromEntries(
    Object.entries(needed).filter(([name]) => !Object.hasOwn(bundled, name)),
  );
}

/** Entries of one format share chunks: React's binding and its test provider have to be one context. */
async function writeCode() {
  const packages = Object.keys({ ...dependencies(), ...manifest.peerDependencies });
  for (const [format, extension, plugins] of [
    ["cjs", "js", []],
    ["esm", "mjs", [builtinsAtHand]],
  ]) {
    const bundle = await rolldown({
      input: Object.fromEntries(
        Object.entries(entries).map(([name, source]) => [name, path.join(sdk, source)]),
      ),
      external: (id) => packages.some((name) => id === name || id.startsWith(`${name}/`)),
      platform: "node",
      transform: { target: "es2022" },
      // Else each member of a module of Node's would be taken for one whose reading matters.
      treeshake: { propertyReadSideEffects: false },
      plugins,
      // That "use client" stays at the head of its entry is seen to by a test.
      onLog: (level, log, handle) => {
        if (log.code !== "MODULE_LEVEL_DIRECTIVE") handle(level, log);
      },
    });
    await bundle.write({
      dir: out,
      format,
      entryFileNames: `[name].${extension}`,
      chunkFileNames: `chunks/[name].${extension}`,
      // The name of a class is what people see when they print a client.
      minify: {
        compress: true,
        codegen: true,
        mangle: { keepNames: { class: true, function: false } },
      },
    });
    await bundle.close();
  }
}

/** One tree of types for both formats: what is declared for one is declared for the other. */
function writeTypes() {
  const emitted = mkdtempSync(path.join(tmpdir(), "halyard-types-"));
  try {
    emit(sdk, emitted, "sdk");
    for (const [name, folder] of Object.entries(bundled)) emit(folder, emitted, placeOf(name));
    for (const [name, source] of Object.entries(entries)) {
      const types = source.replace(/^\.\/src\//u, "sdk/").replace(/\.ts$/u, ".d.ts");
      copyWithImports(emitted, types);
      const up = "../".repeat(name.split("/").length - 1) || "./";
      const target = `${up}types/${types.replace(/\.d\.ts$/u, ".js")}`;
      write(`${name}.d.ts`, `export * from "${target}";\n`);
      write(`${name}.d.mts`, `export * from "${target}";\n`);
    }
  } finally {
    rmSync(emitted, { recursive: true, force: true });
  }
}

function emit(project, folder, place) {
  const args = ["-p", project, "--outDir", path.join(folder, place), "--emitDeclarationOnly"];
  const { status } = spawnSync(
    path.join(root, "node_modules/.bin/tsc"),
    [...args, "--composite", "false", "--incremental", "false", "--sourceMap", "false"],
    { stdio: ["ignore", 2, 2] },
  );
  if (status !== 0) throw new Error(`the types of ${project} cannot be written; see above`);
}

/** Copies a file of types and those that it imports, which then name each other as files of the package. */
function copyWithImports(emitted, file) {
  const target = path.join(out, "types", file);
  if (existsSync(target)) return;
  const imported = [];
  const text = readFileSync(path.join(emitted, file), "utf8").replace(
    /(?<before>\bfrom |\bimport\(|\bimport )"(?<specifier>[^"]+)"/gu,
    (whole, before, specifier) => {
      const found = fileOf(specifier, path.posix.dirname(file));
      if (found === undefined) return whole;
      imported.push(found);
      const relative = path.posix
        .relative(path.posix.dirname(file), found)
        .replace(/\.d\.ts$/u, ".js");
      return `${before}"${relative.startsWith(".") ? relative : `./${relative}`}"`;
    },
  );
  write(path.join("types", file), text);
  for (const one of imported) copyWithImports(emitted, one);
}

/** The file of types that an import means; undefined for one of another package. */
function fileOf(specifier, folder) {
  if (Object.hasOwn(bundled, specifier)) return `${placeOf(specifier)}/index.d.ts`;
  if (!/^\./u.test(specifier)) return undefined;
  return path.posix.join(folder, specifier).replace(/\.tsx?$/u, ".d.ts");
}

function placeOf(name) {
  return name.slice(name.indexOf("/") + 1);
}

function isName(text) {
  return /^[A-Za-z_$][\w$]*$/u.test(text) && text !== "default" && text !== "builtin";
}

function write(file, text) {
  const target = path.join(out, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, text);
}

/** What registries and resolvers read. Files lie where old resolvers look, which know no exports map. */
function published() {
  const { name, version, description, keywords, license, engines } = manifest;
  const { peerDependencies, peerDependenciesMeta } = manifest;
  const exportsMap = Object.entries(entries).map(([entry, _]) => [
    entry === "index" ? "." : `./${entry}`,
    {
      import: { types: `./${entry}.d.mts`, default: `./${entry}.mjs` },
      require: { types: `./${entry}.d.ts`, default: `./${entry}.js` },
    },
  ]);
  const folders = Object.keys(entries).flatMap((entry) => entry.split("/").slice(0, -1));
  return {
    name,
    version,
    description,
    keywords,
    license,
    type: "commonjs",
    sideEffects: false,
    engines,
    main: "./index.js",
    types: "./index.d.ts",
    exports: { ...Object.fromEntries(exportsMap), "./package.json": "./package.json" },
    files: ["*.js", "*.mjs", "*.d.ts", "*.d.mts", "chunks", "types", ...new Set(folders)],
    dependencies: dependencies(),
    peerDependencies,
    peerDependenciesMeta,
  };
}
