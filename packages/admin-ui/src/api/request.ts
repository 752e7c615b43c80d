/** What the server said when it refused. */
export class RequestError extends Error {
  override readonly name = "RequestError";
  readonly status: number;
  readonly setupRequired: boolean;

  constructor(status: number, message: string, setupRequired = false) {
    super(message);
    this.status = status;
    this.setupRequired = setupRequired;
  }
}

type Answer = { readonly message?: string; readonly setupRequired?: boolean } | undefined;

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
    throw new RequestError(response.status, message, answer?.setupRequired === true);
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
