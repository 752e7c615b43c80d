import { newMember } from "@halyard/server/accounts";
import { TemporaryServer } from "@halyard/server/temporary-server";
import { Configuration } from "launchdarkly-api-typescript";

/**
 * LaunchDarkly's own client of the REST API, as it is generated and published, on a server of ours:
 * nothing is changed but the host.
 */
export class GeneratedClient implements AsyncDisposable {
  readonly configuration: Configuration;
  readonly #server: TemporaryServer;

  private constructor(server: TemporaryServer) {
    this.#server = server;
    this.configuration = this.configurationFor(TemporaryServer.ownerToken);
  }

  /** By the machine's clock, unless another is given. */
  static async start(now: () => number = Date.now): Promise<GeneratedClient> {
    return new GeneratedClient(await TemporaryServer.start({ now }));
  }

  /** For another token than the owner's. */
  configurationFor(token: string): Configuration {
    return new Configuration({ apiKey: token, basePath: this.#server.url });
  }

  /** For the personal token of a member who is invited and accepts: a service token reviews nothing. */
  async configurationOfMember(email: string, role: string): Promise<Configuration> {
    const member = await newMember(this.#server, { email, role });
    const body = { name: email, role };
    const made = await this.#server.askAs(member, "POST", "/api/v2/tokens", body);
    return this.configurationFor(String(made.json().token));
  }

  /** Does at once what is due, instead of within a second. */
  async runDueWork(): Promise<void> {
    await this.#server.running.runDueWork();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server[Symbol.asyncDispose]();
  }
}

/** The status with which a request is refused. */
export async function statusOfRefusal(request: Promise<unknown>): Promise<number | undefined> {
  try {
    await request;
    return undefined;
  } catch (error) {
    if (error instanceof Error && "response" in error) return statusIn(error.response);
    throw error;
  }
}

function statusIn(response: unknown): number {
  if (typeof response === "object" && response !== null && "status" in response)
    return Number(response.status);
  throw new Error("the request was not answered");
}
