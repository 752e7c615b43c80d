import type { FlagInstruction, FlagState } from "@halyard/instructions";

/** Whose draft it is, and of what. */
export interface DraftPlace {
  /** The id of the member. */
  readonly member: string;
  readonly project: string;
  readonly flag: string;
  readonly environment: string;
}

export interface StoredDraft extends DraftPlace {
  /** The flag as it was when the draft was begun, or last carried over to a newer one. */
  readonly base: FlagState;
  readonly instructions: readonly FlagInstruction[];
  /** Unix milliseconds. */
  readonly at: number;
}

const storeName = "drafts";
const keyPath = ["member", "project", "flag", "environment"];

let opened: Promise<IDBDatabase> | undefined;

function database(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open("halyard", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(storeName, { keyPath });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function asked<T>(
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const transaction = (await database()).transaction(storeName, mode);
  return new Promise<T>((resolve, reject) => {
    const request = ask(transaction.objectStore(storeName));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error);
  });
}

function keyOf({ member, project, flag, environment }: DraftPlace): IDBValidKey {
  return [member, project, flag, environment];
}

export function readDraft(place: DraftPlace): Promise<StoredDraft | undefined> {
  return asked("readonly", (store): IDBRequest<StoredDraft | undefined> => store.get(keyOf(place)));
}

export async function writeDraft(draft: StoredDraft): Promise<void> {
  await asked("readwrite", (store) => store.put(draft));
}

export async function removeDraft(place: DraftPlace): Promise<void> {
  await asked("readwrite", (store) => store.delete(keyOf(place)));
}

/** All that somebody has not saved of a project. */
export function listDrafts(member: string, project: string): Promise<readonly StoredDraft[]> {
  // An array sorts behind every text, so this is each key that begins with the two.
  const ofProject = IDBKeyRange.bound([member, project], [member, project, []]);
  return asked("readonly", (store): IDBRequest<StoredDraft[]> => store.getAll(ofProject));
}
