import type { FastifyInstance } from "fastify";
import { DomainError } from "../errors.ts";

const deepestLevel = 32;

/**
 * Reads JSON bodies. What is nested deeper than anything of ours is refused before anybody walks it,
 * and members named like those of objects (`__proto__`) unless they are to be taken as they are.
 */
export function readJsonBodies(
  app: FastifyInstance,
  contentType: string | RegExp,
  namesOfObjects: "error" | "ignore" = "error",
): void {
  const parse = app.getDefaultJsonParser(namesOfObjects, namesOfObjects);
  app.addContentTypeParser(contentType, { parseAs: "string" }, (request, body: string, done) => {
    // Clients name a type where they send nothing, too; where a body is taken, nothing is no JSON.
    const takesBody = request.routeOptions.schema?.body !== undefined;
    if (body === "" && !takesBody) return done(null, undefined);
    void parse(request, body, (error, value) => {
      if (error !== null || !isDeeperThan(value, deepestLevel)) return done(error, value);
      const message = `the body is nested deeper than ${deepestLevel} levels; make it flatter`;
      return done(new DomainError("invalid_request", message), undefined);
    });
  });
}

/** Reads what the management API takes: JSON as patches name it, too, and nothing of any type. */
export function readManagementBodies(app: FastifyInstance): void {
  readJsonBodies(app, /^application\/(json;.*domain-model|(json-patch|merge-patch)\+json)/u);
  app.addContentTypeParser("*", { parseAs: "string" }, (_, body, done) => {
    if (body === "") return done(null, undefined);
    const message = "the body is of a type that is not read here; send application/json";
    done(new DomainError("invalid_request", message), undefined);
  });
}

/** Level by level, because recursion is what deep input breaks. */
function isDeeperThan(value: unknown, levels: number): boolean {
  let containers = [value].filter(isContainer);
  for (let depth = 0; depth < levels && containers.length > 0; depth += 1) {
    containers = containers.flatMap((one) => Object.values(one)).filter(isContainer);
  }
  return containers.length > 0;
}

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
