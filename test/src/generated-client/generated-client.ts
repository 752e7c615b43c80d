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

  static async start(): Promise<GeneratedClient> {
    return new GeneratedClient(await TemporaryServer.start());
  }

  /** For another token than the owner's. */
  configurationFor(token: string): Configuration {
    return new Configuration({ apiKey: token, basePath: this.#server.url });
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
