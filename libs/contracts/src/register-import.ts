import { z } from 'zod';

/** One finding of an import: where in the sheet, and what to do, in Bahasa. */
export const ImportFinding = z.object({
  /** Line in the sheet as a spreadsheet counts it; the heading is line 1. */
  line: z.number().int().min(1),
  /** Heading of the column, when one cell is meant. */
  column: z.string().optional(),
  message: z.string(),
});
export type ImportFinding = z.infer<typeof ImportFinding>;

export const ImportReport = z.object({
  /** Absent on a dry run or when nothing was written. Names the import for its undo. */
  importId: z.string().optional(),
  lines: z.number().int().min(0),
  created: z.number().int().min(0),
  changed: z.number().int().min(0),
  unchanged: z.number().int().min(0),
  /** Any error: nothing at all is written. */
  errors: z.array(ImportFinding),
  warnings: z.array(ImportFinding),
});
export type ImportReport = z.infer<typeof ImportReport>;

/** A register's file as it is sent. */
export const RegisterUpload = z.object({
  fileName: z.string().max(200),
  /** The file, at most 3 MB before encoding. */
  contentBase64: z.base64().max(4_194_304),
});

/** `dryRun=true` only reports. */
export const ImportQuery = z.object({ dryRun: z.stringbool().default(false) });

export const ByImport = z.object({ importId: z.string().max(60) });

/** What taking an import back did. */
export const ImportUndone = z.object({ removed: z.number().int().min(0), restored: z.number().int().min(0) });
