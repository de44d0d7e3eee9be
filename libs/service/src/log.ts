import { pino, type Logger } from 'pino';
import pretty from 'pino-pretty';
import { contextIfAny } from './context.ts';

/** Fields whose values never reach a log, wherever they stand in what is logged. */
const secret = ['authorization', 'cookie', 'set-cookie', 'token', 'ticket', 'password', 'secret', 'key', 'x-api-key'];

/** What pino strikes out: those fields, up to two levels deep. */
export const redaction = {
  paths: secret.flatMap((field) => [`["${field}"]`, `*["${field}"]`, `*.*["${field}"]`]),
  censor: '•••',
};

/** A JSON logger (pretty on a terminal) that adds city, correlation and principal of the work under way. */
export function createLogger(name: string, level: string = process.env['LOG_LEVEL'] ?? 'info'): Logger {
  const options = {
    name,
    level,
    redact: redaction,
    mixin: () => {
      const context = contextIfAny();
      return context === undefined
        ? {}
        : { city: context.city, correlation: context.correlation, principal: context.principal.id };
    },
  };
  return process.stdout.isTTY ? pino(options, pretty({ colorize: true, sync: true })) : pino(options);
}

export type { Logger };
