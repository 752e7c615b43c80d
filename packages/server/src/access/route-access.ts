import type { FastifyInstance, FastifyRequest } from "fastify";
import { DomainError } from "../errors.ts";
import type { Db, Tx } from "../storage/database.ts";
import { asksForFacts, may, type Principal } from "./principal.ts";
import { resourcesAt, type Step } from "./resource-facts.ts";

/**
 * What a route asks for before it runs. A resource is a specifier with parameters of the path or
 * members of the body in it, such as `proj/{projectKey}:env/{environmentKey}:flag/{body.key}`.
 */
type RouteAccess =
  | { readonly action: string; readonly resource: string }
  /** The route asks when it has read what is to be done, for the reason given. */
  | { readonly inHandler: string; readonly resource: string }
  /** Whoever is known may, for the reason given. */
  | { readonly anyoneKnown: string };

/** Each instruction is an action of its own. */
export function eachInstructionOn(resource: string) {
  return { inHandler: "each instruction is an action of its own", resource } as const;
}

/** Reading whatever belongs to a project. */
export const viewProject = { action: "viewProject", resource: "proj/{projectKey}" } as const;

declare module "fastify" {
  interface FastifyContextConfig {
    access?: RouteAccess;
  }
  interface FastifyInstance {
    /** Such as `GET /api/v2/projects/:projectKey`; tests hold each against whom it is for. */
    managementRoutes: string[];
  }
  interface FastifyRequest {
    /** Who asks; set before any route of the management API runs. */
    principal: Principal;
    access: Access;
  }
}

/** What the one who asks may do. */
export class Access {
  readonly #db: Db;
  readonly #principal: Principal;

  constructor(db: Db, principal: Principal) {
    this.#db = db;
    this.#principal = principal;
  }

  /**
   * The same within a transaction. To be used there: the store has one connection, which the
   * transaction holds, so that a question outside of it would wait for ever.
   */
  within(tx: Tx): Access {
    return new Access(tx, this.#principal);
  }

  async permits(action: string, ...steps: readonly Step[]): Promise<boolean> {
    const principal = this.#principal;
    const resources = await resourcesAt(this.#db, steps, asksForFacts(principal));
    return resources.every((resource) => may(principal, action, resource));
  }

  /** Throws "forbidden" where it is not permitted. */
  async require(action: string, ...steps: readonly Step[]): Promise<void> {
    if (await this.permits(action, ...steps)) return;
    throw new DomainError(
      "forbidden",
      `your roles do not allow ${action} on ${specifierOf(steps)}; ask an admin for a role or an access token that does`,
    );
  }

  /** Whoever may not see a project shall not learn that there is one. */
  async requireProject(key: string): Promise<void> {
    if (await this.permits("viewProject", ["proj", key])) return;
    throw new DomainError(
      "not_found",
      `no project "${key}"; check the spelling, keys are case-sensitive`,
    );
  }
}

/** Asks for the action of each member that a change touches; a member without one is free. */
export async function requireEach(
  access: Access,
  actionOn: Readonly<Record<string, string | undefined>>,
  { changed, steps }: { changed: readonly string[]; steps: readonly Step[] },
): Promise<void> {
  for (const member of changed) {
    const action = actionOn[member];
    if (action !== undefined) await access.require(action, ...steps);
  }
}

/** Checks every route of the plugin before it runs, and stops the start where one declares nothing. */
export function guardRoutes(management: FastifyInstance, db: Db): void {
  for (const name of ["actor", "principal", "access"]) management.decorateRequest(name);
  management.addHook("onRoute", (route) => {
    if (route.config?.access === undefined) {
      throw new Error(`the route ${String(route.method)} ${route.url} does not say whom it is for`);
    }
    for (const method of [route.method].flat())
      management.managementRoutes.push(`${method} ${route.url}`);
  });
  // The body has been read by then, and nothing that it says has been taken for true.
  management.addHook("preValidation", async (request) => {
    request.access = new Access(db, request.principal);
    const { access } = request.routeOptions.config;
    if (access === undefined || "anyoneKnown" in access) return;
    const steps = stepsOf(access.resource, request);
    const [first] = steps;
    if (first?.[0] === "proj" && !isCreation(access.resource)) {
      await request.access.requireProject(first[1]);
    }
    if ("action" in access) await request.access.require(access.action, ...steps);
  });
}

/** A project that is being made is not there to be seen. */
function isCreation(template: string): boolean {
  return template.startsWith("proj/{body.");
}

function stepsOf(template: string, request: FastifyRequest): Step[] {
  return template.split(":").map((step) => {
    const [kind = "", key = ""] = step.split("/");
    return [
      kind,
      key.replace(/^\{(?:(body)\.)?(\w+)\}$/u, (_, body, name) =>
        memberOf(body === undefined ? request.params : request.body, name),
      ),
    ];
  });
}

function memberOf(from: unknown, name: string): string {
  if (typeof from !== "object" || from === null || !Object.hasOwn(from, name)) return "";
  const value: unknown = Reflect.get(from, name);
  return typeof value === "string" ? value : "";
}

function specifierOf(steps: readonly Step[]): string {
  return steps.map(([kind, key]) => (key === "" ? kind : `${kind}/${key}`)).join(":");
}
