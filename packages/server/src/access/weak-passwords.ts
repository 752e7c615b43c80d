const howMany = 3_000;
/** Shorter ones are refused anyway. */
const shortest = 8;

/** Whether a password is among the ones that are guessed first. */
export async function isWeakPassword(password: string): Promise<boolean> {
  // Loaded when a password is chosen, since most lives of a server see none.
  const { dictionary } = await import("@zxcvbn-ts/language-common");
  const ranked = dictionary["passwords-common"].map(String);
  const wanted = password.toLowerCase();
  return ranked
    .filter((one) => one.length >= shortest)
    .slice(0, howMany)
    .includes(wanted);
}
