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

/** True once somebody has signed in; all requests that met the end of the session wait for the same. */
export function signInAgain(): Promise<boolean> {
  if (asker === undefined) return Promise.resolve(false);
  asked ??= asker().finally(() => {
    asked = undefined;
  });
  return asked;
}
