import type { FastifyInstance } from "fastify";

/** The methods by which a path is known, whatever stands for its parameters. */
export type MethodsOfPath = (path: string) => readonly string[];

/** Notes every route that is added from here on, so that a wrong method is told from a wrong path. */
export function noteRouteMethods(app: FastifyInstance): MethodsOfPath {
  const methods = new Map<string, Set<string>>();
  app.addHook("onRoute", ({ url, method }) => {
    const known = methods.get(url) ?? new Set();
    methods.set(url, known);
    for (const one of [method].flat()) known.add(one);
  });
  return (path) => {
    const fitting = [...methods].filter(([url]) => fits(url, path));
    return [...new Set(fitting.flatMap(([, known]) => [...known]))].sort();
  };
}

function fits(url: string, path: string): boolean {
  const wanted = url.split("/");
  const given = path.split("/");
  return (
    wanted.length === given.length &&
    wanted.every((part, at) =>
      part.startsWith(":") ? given[at] !== "" : part !== "*" && part === given[at],
    )
  );
}
