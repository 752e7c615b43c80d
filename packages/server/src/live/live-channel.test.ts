import { once } from "node:events";
import { afterAll, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { z } from "zod";
import { newMember, newToken, type SignedIn } from "../testing/accounts.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

const server = await TemporaryServer.start();
afterAll(() => server[Symbol.asyncDispose]());

const Message = z.looseObject({ t: z.string() });
const Shown = z.object({ n: z.number().optional(), dropped: z.number().optional() });
type Message = z.infer<typeof Message>;

/** A page that is open, and what it has heard. */
class Page implements Disposable {
  readonly socket: WebSocket;
  readonly heard: Message[] = [];

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on("message", (data) => this.heard.push(Message.parse(JSON.parse(String(data)))));
  }

  static async open(headers: Record<string, string>, query = ""): Promise<Page> {
    const url = `${server.url.replace("http", "ws")}/api/live${query}`;
    const page = new Page(new WebSocket(url, { headers }));
    await page.hears("hello");
    return page;
  }

  static of({ cookie }: SignedIn, query?: string): Promise<Page> {
    return Page.open({ cookie, "sec-fetch-site": "same-origin" }, query);
  }

  say(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  async subscribe(...topics: readonly string[]): Promise<Message> {
    this.say({ t: "sub", topics });
    return this.hears("subscribed");
  }

  /** The next message of the kind that fits; what came before it is forgotten. */
  async hears(t: string, fitting: object = {}): Promise<Message> {
    return vi.waitFor(
      () => {
        const at = this.heard.findIndex((message) => fits(message, { t, ...fitting }));
        if (at < 0)
          throw new Error(`no ${t} among ${JSON.stringify(this.heard.map((one) => one.t))}`);
        const [found] = this.heard.splice(0, at + 1).slice(-1);
        return Message.parse(found);
      },
      { timeout: 8000, interval: 10 },
    );
  }

  [Symbol.dispose](): void {
    this.socket.terminate();
  }
}

function fits(message: object, wanted: object): boolean {
  return Object.entries(wanted).every(([name, value]) => {
    try {
      expect(Reflect.get(message, name)).toEqual(value);
      return true;
    } catch {
      return false;
    }
  });
}

const asOwner = { authorization: TemporaryServer.ownerToken };
const path = "/api/v2/projects/default/environments/test";
const Keys = z.object({ apiKey: z.string(), _id: z.string() });

async function keys(): Promise<z.infer<typeof Keys>> {
  return Keys.parse((await server.ask("GET", path)).json());
}

async function addTag(flag: string, tag: string): Promise<void> {
  const instructions = [{ kind: "addTags", values: [tag] }];
  await server.ask(
    "PATCH",
    `/api/v2/flags/default/${flag}`,
    { instructions },
    {
      "content-type": "application/json; domain-model=launchdarkly.semanticpatch",
    },
  );
}

async function report(events: readonly object[]): Promise<void> {
  const { apiKey } = await keys();
  const headers = {
    authorization: apiKey,
    "content-type": "application/json",
    "user-agent": "NodeJSClient/9.1.0",
  };
  await fetch(`${server.url}/bulk`, { method: "POST", headers, body: JSON.stringify(events) });
}

async function makeNarrow(): Promise<SignedIn> {
  await server.ask("POST", "/api/v2/projects", { key: "hidden", name: "Hidden" });
  await server.ask("POST", "/api/v2/roles", {
    key: "narrow",
    name: "Narrow",
    basePermissions: "no_access",
    policy: [{ effect: "allow", actions: ["viewProject"], resources: ["proj/default"] }],
  });
  return newMember(server, { email: "narrow@example.com", customRoles: ["narrow"] });
}

const narrow = await makeNarrow();
const ada = await newMember(server, { email: "ada@example.com", role: "writer" });
await server.ask("POST", "/api/v2/flags/default", { key: "checkout", name: "Checkout" });

describe("changes", () => {
  it("that a page missed come before those that follow", async () => {
    const { seq } = await (async () => {
      using page = await Page.open(asOwner);
      await addTag("checkout", "one");
      return await page.hears("change");
    })();
    await addTag("checkout", "two");
    await addTag("checkout", "three");

    using page = await Page.open(asOwner, `?seq=${seq}`);
    const missed = [await page.hears("change"), await page.hears("change")];
    await page.hears("resumed", { seq: Number(seq) + 2 });
    await addTag("checkout", "four");
    const next = await page.hears("change");

    expect([...missed, next]).toMatchObject([
      { seq: Number(seq) + 1, words: [expect.stringContaining("two")] },
      { seq: Number(seq) + 2, words: [expect.stringContaining("three")] },
      { seq: Number(seq) + 3, words: [expect.stringContaining("four")] },
    ]);
  });

  it("that were missed are shown in order, also when the page asks later", async () => {
    using before = await Page.open(asOwner);
    await addTag("checkout", "five");
    const { seq } = await before.hears("change");
    await addTag("checkout", "six");
    await addTag("checkout", "seven");

    using page = await Page.open(asOwner);
    page.say({ t: "resume", seq });

    expect(await page.hears("change")).toMatchObject({ seq: Number(seq) + 1 });
    expect(await page.hears("change")).toMatchObject({ seq: Number(seq) + 2 });
    await page.hears("resumed");
  });

  it("that come after an answer of the REST API reach a page that opens with the answer's number", async () => {
    const { headers } = await server.ask("GET", "/api/v2/flags/default/checkout");
    await addTag("checkout", "after");

    using page = await Page.open(asOwner, `?seq=${headers["x-change-seq"]}`);

    expect(await page.hears("change")).toMatchObject({ words: [expect.stringContaining("after")] });
    await page.hears("resumed");
  });

  it.each(["1", "99999999999999", "then"])(
    "are a gap where nobody remembers what came after %s",
    async (seq) => {
      using page = await Page.open(asOwner, `?seq=${seq}`);

      await page.hears("gap");
    },
  );
});

describe("topics", () => {
  it("are for those who see the project, and for nobody else", async () => {
    using page = await Page.of(narrow);

    const { topics, refused } = await page.subscribe(
      "flag/default/checkout",
      "flag/hidden/checkout",
      "sdks/hidden",
      "tail/default/nowhere",
      "nonsense",
    );

    expect(topics).toEqual(["flag/default/checkout"]);
    expect(refused).toMatchObject([
      { topic: "flag/hidden/checkout" },
      { topic: "sdks/hidden" },
      { topic: "tail/default/nowhere" },
      { topic: "nonsense", message: expect.stringContaining("there is no topic") },
    ]);
  });

  it("are taken away with the right to see them", async () => {
    const role = { key: "passing", name: "Passing", basePermissions: "no_access" };
    const statement = { effect: "allow", actions: ["viewProject"], resources: ["proj/default"] };
    await server.ask("POST", "/api/v2/roles", { ...role, policy: [statement] });
    const member = await newMember(server, {
      email: "passing@example.com",
      customRoles: ["passing"],
    });
    using page = await Page.of(member);
    await page.subscribe("sdks/default", "flag/default/checkout");
    using watching = await Page.of(ada);
    await watching.subscribe("flag/default/checkout");

    await server.ask("PATCH", "/api/v2/roles/passing", [
      { op: "replace", path: "/policy", value: [{ ...statement, effect: "deny" }] },
    ]);

    await watching.hears("presence", { people: [expect.objectContaining({ id: ada.id })] });
  });

  it("cannot be asked for in words that are none", async () => {
    using page = await Page.open(asOwner);

    page.socket.send("{");
    await page.hears("error");
    page.say({ t: "sub", topics: [7] });
    await page.hears("error");
  });
});

describe("presence", () => {
  it("shows who looks at the same flag and what they edit, until they leave", async () => {
    using mine = await Page.of(ada);
    using again = await Page.of(ada);
    const place = "flag/default/checkout";
    await mine.subscribe(place);
    await again.subscribe(place);
    const me = { id: ada.id, name: "ada@example.com", initials: "A" };
    const other = { id: narrow.id, name: "narrow@example.com", initials: "N" };
    const theirs = await Page.of(narrow);
    await theirs.subscribe(place);

    await mine.hears("presence", { people: [me, other] });
    theirs.say({ t: "editing", resource: place, env: "test" });
    await mine.hears("presence", { people: [me, { ...other, editing: "test" }] });
    theirs.say({ t: "editing", resource: place, env: null });
    await mine.hears("presence", { people: [me, other] });
    theirs.socket.terminate();
    await mine.hears("presence", { resource: place, people: [me] });
  });

  it("does not show tokens, nor who edits what they do not look at", async () => {
    using mine = await Page.of(ada);
    const { token } = await newToken(server, { role: "reader" });
    using program = await Page.open({ authorization: token });
    await mine.subscribe("p/default");
    await mine.hears("presence");

    await program.subscribe("p/default");
    mine.say({ t: "editing", resource: "flag/default/other", env: "test" });
    mine.say({ t: "editing", resource: "p/default", env: "test" });

    const { people } = await mine.hears("presence");
    expect(people).toEqual([expect.objectContaining({ id: ada.id, editing: "test" })]);
  });
});

describe("connected SDKs", () => {
  it("are shown as they come and go", async () => {
    const { apiKey } = await keys();
    using page = await Page.open(asOwner);
    await page.subscribe("sdks/default");
    await page.hears("sdk", { env: "test", connected: 0 });
    const stream = new AbortController();
    const headers = {
      authorization: apiKey,
      "user-agent": "NodeJSClient/9.1.0",
      "x-launchdarkly-instance-id": "one-of-many",
      "x-launchdarkly-tags": "application-id/shop",
    };

    await fetch(`${server.url}/all`, { headers, signal: stream.signal });

    const { joined } = await page.hears("sdk", { env: "test", connected: 1 });
    expect(joined).toEqual([
      {
        id: expect.any(String),
        name: "NodeJSClient",
        version: "9.1.0",
        instance: "one-of-many",
        application: "shop",
        address: "127.0.0.1",
        credential: `…${apiKey.slice(-4)}`,
        since: expect.any(Number),
      },
    ]);
    stream.abort();
    const { left } = await page.hears("sdk", { env: "test", connected: 0 });
    expect(left).toEqual(joined);
  });
});

describe("evaluations", () => {
  const context = {
    kind: "user",
    key: "ada",
    plan: "pro",
    email: "ada@example.com",
    _meta: { privateAttributes: ["email"] },
  };
  const feature = { kind: "feature", creationDate: 1, version: 3, variation: 0, value: "new" };

  it("are shown as they are reported, of the flag asked for, without what is private", async () => {
    using page = await Page.open(asOwner);
    await page.subscribe("tail/default/test?flag=checkout");
    using elsewhere = await Page.open(asOwner);
    await elsewhere.subscribe("tail/default/production");

    await report([
      { ...feature, key: "other", context },
      { ...feature, key: "checkout", context, reason: { kind: "FALLTHROUGH" } },
    ]);

    const shown = await page.hears("eval");
    expect(shown).toMatchObject({
      project: "default",
      env: "test",
      flag: "checkout",
      context: { kind: "user", key: "ada", plan: "pro" },
      value: "new",
      variation: 0,
      reason: { kind: "FALLTHROUGH" },
      sdk: "NodeJSClient/9.1.0",
      n: 1,
      dropped: 0,
    });
    expect(JSON.stringify(shown)).not.toContain("ada@example.com");
    expect(elsewhere.heard.filter(({ t }) => t === "eval")).toEqual([]);
  });

  it("beyond so many a second are left out and counted, and changes are not", async () => {
    using page = await Page.open(asOwner);
    await page.subscribe("tail/default/test");

    const accounted: number[] = [];
    page.socket.on("message", (data) => {
      const { n = 0, dropped = 0 } = Shown.parse(JSON.parse(String(data)));
      accounted.push(n + dropped);
    });
    const one = { ...feature, key: "checkout", context };

    await report(Array.from({ length: 2000 }, () => one));
    await addTag("checkout", "under-load");

    await page.hears("change", { words: [expect.stringContaining("under-load")] });
    let reported = 2000;
    await vi.waitFor(
      async () => {
        const sum = accounted.reduce((all, count) => all + count, 0);
        if (sum === reported) return;
        // How many were left out is told with the next one that is shown.
        await report([one]);
        reported += 1;
        throw new Error(`${sum} of ${reported} were shown or counted`);
      },
      { timeout: 8000 },
    );
    expect(accounted.length).toBeLessThan(1000);
  });

  it("are counted for flags on screen", async () => {
    using page = await Page.open(asOwner);
    await page.subscribe("counts/default/test/counted");
    const counters = [
      { variation: 0, version: 1, value: "new", count: 5 },
      { variation: 1, version: 1, value: "old", count: 2 },
    ];
    const features = { counted: { contextKinds: ["user"], counters } };

    await report([{ kind: "summary", startDate: 1, endDate: 2, features }]);

    expect(await page.hears("counts")).toMatchObject({
      project: "default",
      env: "test",
      flag: "counted",
      at: expect.any(Number),
      perVariation: [
        { variation: 0, count: 5 },
        { variation: 1, count: 2 },
      ],
    });
  });
});

it("shows what one may see, and closes when one is nobody any more", async () => {
  using page = await Page.of(narrow);
  const environment = { key: "extra", name: "Extra" };

  await server.ask("POST", "/api/v2/projects/hidden/environments", environment);
  await server.ask("POST", "/api/v2/projects/default/environments", environment);
  const closed = once(page.socket, "close");
  await server.ask("DELETE", `/api/v2/members/${narrow.id}`);
  const [code] = await closed;

  const changes = page.heard.filter(({ t }) => t === "change");
  expect(changes.map(({ resources }) => resources)).toEqual([["proj/default:env/extra"]]);
  expect(code).toBe(4401);
});
