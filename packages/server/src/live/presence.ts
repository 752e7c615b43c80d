/** Somebody who has a page open. */
export interface Person {
  readonly id: string;
  readonly name: string;
}

/** How the others on a page see them. */
export interface PresentPerson extends Person {
  readonly initials: string;
  /** The environment that they are changing something in. */
  readonly editing?: string;
}

interface Visit {
  readonly person: Person;
  readonly editing?: string;
}

/** Who looks at what. Somebody with two pages open on a thing is there once, until both are closed. */
export class Presence {
  /** By the name of the place, then by page. */
  readonly #places = new Map<string, Map<object, Visit>>();

  /** Puts a page where it is now; gives the places where that changes what is seen. */
  move(page: object, person: Person, to: readonly string[]): readonly string[] {
    const left = this.#placesOf(page).filter((place) => !to.includes(place));
    const entered = to.filter((place) => this.#places.get(place)?.has(page) !== true);
    for (const place of left) this.#remove(page, place);
    for (const place of entered) {
      const visits = this.#places.get(place) ?? new Map<object, Visit>();
      this.#places.set(place, visits.set(page, { person }));
    }
    return [...left, ...entered];
  }

  /** False where the page is not there, or nothing changes. */
  edit(page: object, place: string, environment: string | undefined): boolean {
    const visits = this.#places.get(place);
    const visit = visits?.get(page);
    if (visits === undefined || visit === undefined || visit.editing === environment) return false;
    const { person } = visit;
    visits.set(page, environment === undefined ? { person } : { person, editing: environment });
    return true;
  }

  leave(page: object): readonly string[] {
    const left = this.#placesOf(page);
    for (const place of left) this.#remove(page, place);
    return left;
  }

  peopleAt(place: string): readonly PresentPerson[] {
    const people = new Map<string, PresentPerson>();
    for (const { person, editing } of this.#places.get(place)?.values() ?? []) {
      const known = people.get(person.id) ?? { ...person, initials: initialsOf(person.name) };
      people.set(person.id, editing === undefined ? known : { ...known, editing });
    }
    return [...people.values()];
  }

  #placesOf(page: object): readonly string[] {
    return [...this.#places].flatMap(([place, visits]) => (visits.has(page) ? [place] : []));
  }

  #remove(page: object, place: string): void {
    const visits = this.#places.get(place);
    visits?.delete(page);
    if (visits?.size === 0) this.#places.delete(place);
  }
}

/** Of "Ada Lovelace" AL, of "ada@example.com" A. */
function initialsOf(name: string): string {
  const words = name.split(/\s+/u).filter((word) => word !== "");
  const [first = "?"] = words;
  const last = words.length > 1 ? (words.at(-1) ?? "") : "";
  return [first, last]
    .map((word) => [...word][0] ?? "")
    .join("")
    .toUpperCase();
}
