import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { freePort } from "@halyard/test";
import { Postgres } from "./postgres.ts";

const peers = path.join(import.meta.dirname, "../../../node_modules/.peers");
const readyTimeoutMs = 60_000;
const program = `
  import { start } from "unleash-server";
  await start({
    databaseUrl: process.env.DATABASE_URL,
    server: { port: Number(process.env.PORT), host: "127.0.0.1" },
    authentication: { type: "none" },
    versionCheck: { enable: false },
    telemetry: false,
    logLevel: "fatal",
  });`;

/** Unleash on PostgreSQL, each in a process of its own; nobody has to sign in. */
export class Unleash implements AsyncDisposable {
  readonly url: string;
  readonly #postgres: Postgres;
  readonly #process: ChildProcess;

  private constructor(url: string, postgres: Postgres, running: ChildProcess) {
    this.url = url;
    this.#postgres = postgres;
    this.#process = running;
  }

  static async start(): Promise<Unleash> {
    const postgres = await Postgres.start();
    const port = await freePort();
    const running = spawn(process.execPath, ["--input-type=module", "--eval", program], {
      cwd: peers,
      stdio: "ignore",
      env: {
        ...process.env,
        NODE_ENV: "production",
        DATABASE_URL: postgres.url,
        DATABASE_SSL: "false",
        PORT: String(port),
        // Fifteen a minute unless told.
        SEARCH_FEATURES_RATE_LIMIT_PER_MINUTE: "1000000",
      },
    });
    const unleash = new Unleash(`http://127.0.0.1:${port}`, postgres, running);
    await unleash.#ready();
    return unleash;
  }

  /**
   * Flags "flag-0"…, on in "development", each with one strategy, as its API would have left them.
   * Put in by SQL, because one by one they take minutes.
   */
  addFlags(count: number): void {
    const numbers = `generate_series(0, ${count - 1}) as i`;
    this.#postgres.run(`
      insert into features (name, description, project, created_at)
        select 'flag-' || i, '', 'default', now() - (${count} - i) * interval '1 second' from ${numbers};
      insert into feature_environments (environment, feature_name, enabled)
        select environment, 'flag-' || i, environment = 'development'
        from ${numbers}, unnest(array['development', 'production']) as environment;
      insert into feature_strategies
        (id, feature_name, project_name, environment, strategy_name, parameters, constraints)
        select 'strategy-' || i, 'flag-' || i, 'default', 'development', 'flexibleRollout',
          '{"rollout": "50", "stickiness": "default", "groupId": "bench"}',
          '[{"contextName": "country", "operator": "IN", "values": ["NL"]}]' from ${numbers};
      analyze;`);
  }

  /** So many flags turned on and off, the newest last, as the log of events has them. */
  addEvents(count: number): void {
    this.#postgres.run(`
      alter table events disable trigger user;
      insert into events
        (created_at, type, created_by, project, environment, feature_name, announced, created_by_user_id)
        select to_timestamp(1700000000 + i * 30), 'feature-environment-enabled', 'member-' || (i % 100),
          'default', 'development', 'flag-' || (i % 500), true, 1
        from generate_series(0, ${count - 1}) as i;
      alter table events enable trigger user;
      analyze events;`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const exit = once(this.#process, "exit");
    this.#process.kill("SIGKILL");
    await exit;
    await this.#postgres[Symbol.asyncDispose]();
  }

  async #ready(): Promise<void> {
    const deadline = Date.now() + readyTimeoutMs;
    while (!(await isHealthy(this.url))) {
      if (Date.now() > deadline) throw new Error("Unleash is not ready in time");
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health`)).ok;
  } catch {
    return false;
  }
}
