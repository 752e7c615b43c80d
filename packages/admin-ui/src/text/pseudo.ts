const plain = "aeiouncyAEIOUNCY";
const accented = "áéíóúñçýÁÉÍÓÚÑÇÝ";

/** The text as a language might write it: every vowel is accented, and it is a third longer. */
export function pseudo(text: string): string {
  const letters = text.replaceAll(
    /[aeiouncy]/giu,
    (letter) => accented[plain.indexOf(letter)] ?? "",
  );
  return letters + "~".repeat(Math.ceil(text.trim().length / 3));
}
