import type { Document } from '../bson/values.ts';
import { Refusal } from '../errors.ts';
import { assertOptions } from './arguments.ts';
import type { Command, Context } from './command.ts';
import { findAndModifyCommands } from './find-and-modify.ts';
import { readingCommands } from './reading.ts';
import { schemaCommands } from './schema.ts';
import { serverCommands } from './server.ts';
import { writingCommands } from './writing.ts';

const commands: ReadonlyMap<string, Command> = new Map([
  ...serverCommands,
  ...schemaCommands,
  ...readingCommands,
  ...writingCommands,
  ...findAndModifyCommands,
]);

/** Runs a command. @throws Refusal CommandNotFound for what this server does not do. */
export async function runCommand(context: Context): Promise<Document> {
  const [name = ''] = context.body.keys();
  const command = commands.get(name);
  if (command === undefined) throw new Refusal('CommandNotFound', `no such command: '${name}'`);
  if (command.options !== 'any') assertOptions(name, context.body, command.options);
  return command.run(context);
}
