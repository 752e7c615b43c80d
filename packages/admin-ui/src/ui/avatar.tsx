/** Initials of a person or a token; the name is read out unless it stands beside. */
export function Avatar({
  name,
  size = "medium",
  isNameBeside = false,
}: {
  readonly name: string;
  readonly size?: "small" | "medium";
  readonly isNameBeside?: boolean;
}) {
  return (
    <span
      {...(isNameBeside ? { "aria-hidden": true } : { role: "img", "aria-label": name })}
      translate="no"
      data-initials={initialsOf(name)}
      className={`grid before:content-[attr(data-initials)] shrink-0 place-items-center rounded-full bg-primary font-semibold text-onprimary forced-colors:border ${size === "small" ? "size-5 text-[10px]" : "size-7 text-xs"}`}
    />
  );
}

function initialsOf(name: string): string {
  const words = name.split(/[\s@._-]+/u).filter((word) => word !== "");
  const letters = [words[0], words.length > 1 ? words[1] : undefined].map(
    (word) => word?.[0] ?? "",
  );
  return letters.join("").toUpperCase() || "?";
}
