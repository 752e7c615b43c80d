import { TemporaryServer } from "./temporary-server.ts";

export interface ServedEnvironment {
  readonly _id: string;
  readonly apiKey: string;
  readonly mobileKey: string;
}

/** The REST path of the environment that a fresh server is asked about. */
export const path = "/api/v2/projects/default/environments/test";

/** A context as SDKs put it into a path. */
export const encoded = (context: object) =>
  Buffer.from(JSON.stringify(context)).toString("base64url");

export const ada = { kind: "user", key: "ada" };

/** A server whose flags are for browsers and phones, for phones alone, and for servers alone. */
export class DeliveryFixture implements AsyncDisposable {
  readonly server: TemporaryServer;
  readonly environment: ServedEnvironment;

  private constructor(server: TemporaryServer, environment: ServedEnvironment) {
    this.server = server;
    this.environment = environment;
  }

  static async start(): Promise<DeliveryFixture> {
    const server = await TemporaryServer.start();
    const environment = (await server.ask("GET", path)).json();
    const fixture = new DeliveryFixture(server, environment);
    await fixture.createFlag("both", { usingMobileKey: true, usingEnvironmentId: true });
    await fixture.createFlag("phones", { usingMobileKey: true, usingEnvironmentId: false });
    await fixture.createFlag("servers", { usingMobileKey: false, usingEnvironmentId: false });
    return fixture;
  }

  get url(): string {
    return this.server.url;
  }

  /** Gives the variations' ids: of "old", then of "new". */
  async createFlag(key: string, clientSideAvailability: object): Promise<string[]> {
    const variations = ["old", "new"].map((value) => ({ value }));
    const flag = {
      key,
      name: key,
      description: "secret plans",
      variations,
      clientSideAvailability,
    };
    const { variations: made } = (
      await this.server.ask("POST", "/api/v2/flags/default", flag)
    ).json();
    return made.map(({ _id }: { _id: string }) => _id);
  }

  async instruct(flag: string, ...instructions: object[]): Promise<void> {
    const patch = { environmentKey: "test", instructions };
    const answer = await this.server.ask("PATCH", `/api/v2/flags/default/${flag}`, patch);
    if (answer.statusCode !== 200) throw new Error(answer.body);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.server[Symbol.asyncDispose]();
  }
}
