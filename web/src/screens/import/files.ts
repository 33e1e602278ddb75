import type { ImportReport } from '../../api/types';

/** What a file is, as the server tells by its media type. */
export const kinds = ['csv', 'ndjson', 'dicom_json', 'dicom'] as const;
export type Kind = (typeof kinds)[number];

/** How the letters of CSV files are coded. */
export const charsets = ['utf-8', 'windows-1252'] as const;
export type Charset = (typeof charsets)[number];

/** Most bytes of CSV and NDJSON that the server tries out, or enters all or none of (`dry_run` and `atomic` in the contract). */
export const mostAtOnce = 16 * 1024 * 1024;

/** A file to import. */
export interface Chosen {
  file: File;
  /** Its name, behind those of the folders it was chosen with. */
  path: string;
  kind: Kind;
}

const endings: Record<string, Kind> = { csv: 'csv', ndjson: 'ndjson', jsonl: 'ndjson', json: 'dicom_json' };

/** The kind of a file of that name. Files of DICOM often have no ending. */
export function kindOf(name: string): Kind {
  return endings[/\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''] ?? 'dicom';
}

export function chosen(file: File, path = file.webkitRelativePath || file.name): Chosen {
  return { file, path, kind: kindOf(file.name) };
}

/** Files that were chosen before, with others, each path once and the later file for it; those that systems hide are left out. */
export function together(before: Chosen[], more: Chosen[]): Chosen[] {
  const byPath = new Map([...before, ...more].map((one) => [one.path, one]));
  return [...byPath.values()].filter(({ file }) => !file.name.startsWith('.'));
}

export const isTable = ({ kind }: Chosen) => kind === 'csv' || kind === 'ndjson';

export const sizeOf = (files: Chosen[]) => files.reduce((sum, { file }) => sum + file.size, 0);

/** The form in which files are sent. None of them is read or copied for it. */
export function formOf(files: Chosen[], charset: Charset): FormData {
  const types: Record<Kind, string> = {
    csv: `text/csv;charset=${charset}`,
    ndjson: 'application/x-ndjson',
    dicom_json: 'application/dicom+json',
    dicom: 'application/dicom',
  };
  const form = new FormData();
  for (const { file, path, kind } of files) form.append('file', new File([file], path, { type: types[kind] }), path);
  return form;
}

/** The files that were dropped, those in folders too. */
export async function dropped(transfer: DataTransfer): Promise<Chosen[]> {
  const entries = Array.from(transfer.items, (item) => item.webkitGetAsEntry());
  return (await Promise.all(entries.map((entry) => (entry ? below(entry) : [])))).flat();
}

async function below(entry: FileSystemEntry): Promise<Chosen[]> {
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    return [chosen(file, entry.fullPath.slice(1))];
  }
  const inner = await Promise.all((await entriesOf(entry as FileSystemDirectoryEntry)).map(below));
  return inner.flat();
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;

/** All that lies in a folder; a browser gives no more than a hundred at a time. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return entries;
    entries.push(...some);
  }
}

/** The report that the problem of an import has with it. */
export function reportOf(document: object | null): ImportReport | null {
  return document && 'report' in document ? (document.report as ImportReport) : null;
}
