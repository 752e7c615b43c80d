import encodeQR from "qr";

interface QrCodeProps {
  readonly text: string;
  readonly label: string;
}

/** Drawn here, so that what it holds goes nowhere. It is black on white in both themes, as cameras want it. */
export function QrCode({ text, label }: QrCodeProps) {
  const rows = encodeQR(text, "raw", { border: 2 });
  const path = rows
    .flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join("");
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${rows.length} ${rows.length}`}
      shapeRendering="crispEdges"
      className="size-44 rounded-lg border border-line bg-white forced-color-adjust-none"
    >
      <path d={path} fill="#000" />
    </svg>
  );
}
