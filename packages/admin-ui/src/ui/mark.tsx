/** A flag on its halyard. */
export function Mark() {
  return (
    <svg width="26" height="26" viewBox="0 0 26 26" aria-hidden="true">
      <rect width="26" height="26" rx="6" fill="#0f2747" />
      <path d="M7 5v16" stroke="#fff" strokeWidth="2" strokeLinecap="round" />
      <path d="M9 6l10 3.5L9 13z" fill="#ffc533" />
    </svg>
  );
}
