/** What the server said when it refused. */
export class RequestError extends Error {
  override readonly name = "RequestError";
  readonly status: number;
  readonly code: string;

  constructor(status: number, message: string, code: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

type Answer = { readonly message?: string; readonly code?: string } | undefined;

export async function request<T>(
  method: "GET" | "POST" | "PATCH" | "DELETE",
  path: string,
  body?: unknown,
  contentType = "application/json",
): Promise<T> {
  const response = await fetch(path, {
    method,
    credentials: "same-origin",
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { "content-type": contentType } }),
  });
  const text = await response.text();
  if (!response.ok) {
    const answer = parsed(text) as Answer;
    const message = answer?.message ?? `The server answered ${response.status}.`;
    throw new RequestError(response.status, message, answer?.code ?? "");
  }
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
