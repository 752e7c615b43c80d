import ts from "typescript-6";

/** Which exports of these declaration files, and which methods of exported classes, nobody says a word about. */
export function undocumented(files: readonly string[]): string[] {
  const options = { module: ts.ModuleKind.NodeNext, types: [], noEmit: true };
  const program = ts.createProgram(files, options);
  const checker = program.getTypeChecker();
  const exported = files.flatMap((file) => {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    if (module === undefined) throw new Error(`${file} is no module`);
    return checker.getExportsOfModule(module).map((symbol) => resolved(symbol, checker));
  });
  const named = exported.flatMap((symbol) => [
    [symbol.name, symbol] as const,
    ...methodsOf(symbol).map((method) => [`${symbol.name}.${method.name}`, method] as const),
  ]);
  const silent = named.filter(([, one]) => one.getDocumentationComment(checker).length === 0);
  return [...new Set(silent.map(([name]) => name))];
}

function resolved(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol {
  return (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
}

/** Those of a class that have a name; what a well-known symbol names is known well enough. */
function methodsOf({ flags, members }: ts.Symbol): ts.Symbol[] {
  if ((flags & ts.SymbolFlags.Class) === 0) return [];
  const isMethod = ({ flags, name }: ts.Symbol) =>
    (flags & (ts.SymbolFlags.Method | ts.SymbolFlags.Accessor)) !== 0 && !name.startsWith("__");
  return [...(members?.values() ?? [])].filter(isMethod);
}
