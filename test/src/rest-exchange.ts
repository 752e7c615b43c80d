import type { RestDescription } from "@halyard/server/testing";
import type { Management } from "./management.ts";

interface Request {
  /** What stands for the parameters of the path, in their order. */
  readonly values?: readonly string[];
  readonly query?: string;
  readonly body?: object;
  /** What has to be answered; 200 unless told. */
  readonly status?: number;
  /** Hears where the answer says that a new thing is. */
  readonly onLocation?: (location: string) => void;
}

/** Asks the server, and holds the answer against the description; gives the answer's body. */
export type Exchange = (method: string, template: string, request?: Request) => Promise<unknown>;

/** The exchanges of one concept. A file in `shapes/` exports them as `shapes`. */
export type Shapes = (exchange: Exchange, management: Management) => Promise<void>;

/** Makes exchanges with a server, and keeps what came of them. */
export class ExchangeRecord {
  readonly problems: string[] = [];
  /** The operations of which an answer was checked. */
  readonly checked = new Set<string>();
  count = 0;
  readonly #management: Management;
  readonly #description: RestDescription;

  constructor(management: Management, description: RestDescription) {
    this.#management = management;
    this.#description = description;
  }

  readonly exchange: Exchange = async (method, template, request = {}) => {
    const { values = [], query = "", body, status = 200, onLocation } = request;
    const rest = [...values];
    const url = template.replaceAll(/\{[^}]+\}/gu, () => rest.shift() ?? "") + query;
    const answer = await this.#management.request(method.toUpperCase(), url, body);
    this.count += 1;
    if (answer.location !== null) onLocation?.(answer.location);
    const operation = this.#description.operationOf(method, url);
    if (operation?.template !== template)
      this.problems.push(`${method} ${template}: the description has no such operation`);
    else if (answer.status === status) this.checked.add(operation.operationId);
    const problem =
      answer.status === status
        ? this.#description.problemOf({ method, url, ...answer })
        : `${method} ${url}: ${answer.status} instead of ${status}: ${JSON.stringify(answer.body)}`;
    if (problem !== undefined) this.problems.push(problem);
    return answer.body;
  };
}
