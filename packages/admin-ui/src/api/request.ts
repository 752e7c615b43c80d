import { noteAge } from "./answer-age.ts";
import { mayRenewSession, signInAgain } from "./session-end.ts";

/** What the server said when it refused, or that it did not answer. */
export class RequestError extends Error {
  override readonly name = "RequestError";
  /** The HTTP status; 0 where no answer came. */
  readonly status: number;
  readonly code: string;
  /** What the server's log knows the request by. */
  readonly requestId: string;
  /** The answer's body as it came. */
  readonly body: unknown;

  constructor(answer: {
    readonly status: number;
    readonly message: string;
    readonly code: string;
    readonly requestId?: string;
    readonly body?: unknown;
  }) {
    super(answer.message);
    this.status = answer.status;
    this.code = answer.code;
    this.requestId = answer.requestId ?? "";
    this.body = answer.body;
  }
}

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "REPORT";

interface RequestOptions {
  readonly contentType?: string;
  /** The ETag of the state that the change was decided on; the server refuses with 412 where it is over. */
  readonly ifMatch?: string | undefined;
  readonly signal?: AbortSignal;
}

interface Answer {
  readonly data: unknown;
  /** Empty where the server gave none, as is the location. */
  readonly etag: string;
  readonly location: string;
}

/**
 * Asks the server, and gives its answer as what the caller knows it to be. Where the session has ended,
 * waits for the sign-in over the page and asks again, so nobody has to begin anew.
 */
export async function request<T>(
  method: Method,
  path: string,
  body?: unknown,
  options: RequestOptions = {},
): Promise<T> {
  return (await requestAnswer(method, path, body, options)).data as T;
}

/** The same with the answer's ETag, for what is changed with `ifMatch`. */
export async function requestWithEtag<T>(
  path: string,
  signal: AbortSignal,
): Promise<{ readonly data: T; readonly etag: string }> {
  const { data, etag } = await requestAnswer("GET", path, undefined, { signal });
  return { data: data as T, etag };
}

/** Sends a file as it is; gives the address of what came of it. */
export async function sendFile(path: string, file: Blob, contentType: string): Promise<string> {
  return (await requestAnswer("POST", path, file, { contentType })).location;
}

async function requestAnswer(
  method: Method,
  path: string,
  body: unknown,
  options: RequestOptions,
): Promise<Answer> {
  const isAboutSession = method !== "GET" && path.startsWith("/api/session");
  try {
    const answer = ask(method, path, body, options);
    return await (isAboutSession ? mayRenewSession(answer) : answer);
  } catch (error) {
    if (isAboutSession || !isSessionEnd(error) || !(await signInAgain())) throw error;
    return ask(method, path, body, options);
  }
}

function isSessionEnd(error: unknown): boolean {
  return error instanceof RequestError && error.status === 401 && error.code === "unauthorized";
}

async function ask(
  method: Method,
  path: string,
  body: unknown,
  { contentType = "application/json", ifMatch, signal }: RequestOptions,
): Promise<Answer> {
  const headers = new Headers();
  if (body !== undefined) headers.set("content-type", contentType);
  if (ifMatch !== undefined && ifMatch !== "") headers.set("if-match", ifMatch);
  const response = await fetch(path, {
    method,
    credentials: "same-origin",
    headers,
    ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  }).catch((cause: unknown) => {
    if (signal?.aborted === true) throw cause;
    const message = "The server does not answer. Apps keep their flags; check your connection.";
    throw new RequestError({ status: 0, message, code: "no_answer" });
  });
  noteAge(response.headers);
  const text = await response.text();
  const data = parsed(text);
  const header = (name: string) => response.headers.get(name) ?? "";
  if (response.ok) return { data, etag: header("etag"), location: header("location") };
  throw refusal(response, data);
}

function refusal({ status, headers }: Response, body: unknown): RequestError {
  const said = (typeof body === "object" && body !== null ? body : {}) as {
    readonly message?: unknown;
    readonly code?: unknown;
  };
  return new RequestError({
    status,
    message: typeof said.message === "string" ? said.message : `The server answered ${status}.`,
    code: typeof said.code === "string" ? said.code : "",
    requestId: headers.get("x-request-id") ?? "",
    body,
  });
}

function parsed(text: string): unknown {
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    return undefined; // Not ours: a proxy's page. The status says the rest.
  }
}
