/** Moves the focus to the next card of the board, or the one before. */
export function focusCard(board: HTMLElement | null, by: 1 | -1): void {
  const cards = [...(board?.querySelectorAll<HTMLElement>("[data-card]") ?? [])];
  const within = document.activeElement?.closest("article");
  const at = cards.findIndex((card) => within?.contains(card) === true);
  cards.at(at === -1 ? 0 : Math.min(cards.length - 1, Math.max(0, at + by)))?.focus();
}
