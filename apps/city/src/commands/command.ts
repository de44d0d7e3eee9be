import type { DataFolder } from '../data-folder.ts';

/** What every command gets. */
export interface CommandInput {
  data: DataFolder;
  /** Kemendagri code from `--city` or `SIAGA_CITY`. */
  city: string;
  /** `SIAGA_CITY`. */
  homeCity: string;
  /** `SIAGA_CITY` and `SIAGA_CITIES`; those that were added come on top. */
  toServe: readonly string[];
  /** `GATEWAY_URL`: a city elsewhere, as under compose. */
  gatewayUrl: string | undefined;
  /** `SIAGA_BACKUP_DIR`. */
  backupDir: string | undefined;
  /** `SIAGA_MAP`: folder of imported street maps; unset: in the data folder. */
  mapDir: string | undefined;
  /** Values of the command's own options. */
  values: Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;
  /** Words after noun and verb. */
  words: readonly string[];
  /** A moment as people of the city read it; see `cityTime`. */
  timeOf: (atMs: number) => string;
}

/** `siaga <noun> <verb>`: an answer for machines and the same for people. */
export interface Command {
  /** One line, Bahasa first. */
  summary: string;
  /** Words and options after noun and verb, as help shows them. */
  usage?: string;
  /** How many words may follow noun and verb; none when absent. */
  mostWords?: number;
  options?: Readonly<Record<string, { type: 'string' | 'boolean'; multiple?: boolean }>>;
  /** `trouble`: what it found that is not as it should be, in a sentence; the command then ends with 1. */
  run(input: CommandInput): Promise<{ answer: unknown; text: string; trouble?: string | undefined }>;
}
