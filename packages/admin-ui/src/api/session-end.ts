type AskToSignIn = () => Promise<boolean>;

let asker: AskToSignIn | undefined;
let asked: Promise<boolean> | undefined;

/** Says how a person is asked to sign in again; gives back how to take that away. */
export function onSessionEnd(ask: AskToSignIn): () => void {
  asker = ask;
  return () => {
    if (asker === ask) asker = undefined;
  };
}

/** The news of the former session's end may come after the answer that brought the new one. */
const lateMs = 10_000;
const renewals = new Set<Promise<unknown>>();
let renewedAt = 0;

/** A request that may put another session in the place of this one, as a change of the password does. */
export function mayRenewSession<T>(work: Promise<T>): Promise<T> {
  const settled = Promise.allSettled([work]);
  renewals.add(settled);
  void settled.then(() => {
    renewals.delete(settled);
    renewedAt = Date.now();
  });
  return work;
}

/** True once somebody is signed in; all requests that met the end of the session wait for the same. */
export function signInAgain(): Promise<boolean> {
  if (asker === undefined) return Promise.resolve(false);
  const ask = asker;
  asked ??= isRenewed()
    .then((is) => is || ask())
    .finally(() => {
      asked = undefined;
    });
  return asked;
}

/** Whether what ended was one's own former session only. */
async function isRenewed(): Promise<boolean> {
  if (renewals.size === 0 && Date.now() > renewedAt + lateMs) return false;
  await Promise.all(renewals);
  const answer = await fetch("/api/session", { credentials: "same-origin" }).catch(() => undefined);
  return answer?.ok === true;
}
