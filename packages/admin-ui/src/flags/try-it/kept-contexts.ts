/** A context under the name that somebody has given it. */
export interface Persona {
  readonly name: string;
  readonly text: string;
}

const mostRecent = 8;

/** What somebody tries flags with, kept in this browser. */
export class KeptContexts {
  readonly #place: string;

  constructor(member: string) {
    this.#place = `halyard.contexts.${member}`;
  }

  get personas(): readonly Persona[] {
    return this.#read().personas;
  }

  /** The last first. */
  get recent(): readonly string[] {
    return this.#read().recent;
  }

  /** One of the same name is replaced. */
  keep(persona: Persona): void {
    const { personas, recent } = this.#read();
    const others = personas.filter(({ name }) => name !== persona.name);
    this.#write({ personas: [...others, persona], recent });
  }

  forget(name: string): void {
    const { personas, recent } = this.#read();
    this.#write({ personas: personas.filter((one) => one.name !== name), recent });
  }

  use(text: string): void {
    const { personas, recent } = this.#read();
    const others = recent.filter((one) => one !== text);
    this.#write({ personas, recent: [text, ...others].slice(0, mostRecent) });
  }

  #read(): Kept {
    try {
      return keptIn(JSON.parse(localStorage.getItem(this.#place) ?? "{}"));
    } catch {
      return keptIn({}); // Somebody else has written there: begun anew.
    }
  }

  #write(kept: Kept): void {
    localStorage.setItem(this.#place, JSON.stringify(kept));
  }
}

interface Kept {
  readonly personas: readonly Persona[];
  readonly recent: readonly string[];
}

function keptIn(stored: unknown): Kept {
  const { personas, recent } = Object(stored) as Readonly<Record<keyof Kept, unknown>>;
  return {
    personas: Array.isArray(personas) ? personas.filter(isPersona) : [],
    recent: Array.isArray(recent) ? recent.filter((one) => typeof one === "string") : [],
  };
}

function isPersona(value: unknown): value is Persona {
  const { name, text } = Object(value) as Readonly<Record<keyof Persona, unknown>>;
  return typeof name === "string" && typeof text === "string";
}
