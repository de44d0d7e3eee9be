import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const hooks = path.join(import.meta.dirname, 'typescript-hooks.js');

/** A process of ours that a test may stop, resume and kill. */
export interface TestProcess {
  readonly child: ChildProcess;
  /** The next message it sends; rejects when it ends first. */
  message(): Promise<unknown>;
  /** Ends it without warning. */
  kill9(): Promise<void>;
}

/** Runs a TypeScript file from source in a process of its own, with `args` as its arguments; `onText` gets what it writes. */
export function startTestProcess(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  onText?: (text: string) => void,
): TestProcess {
  const child = fork(file, args, {
    silent: onText !== undefined,
    execArgv: ['--disable-warning=ExperimentalWarning', '--conditions=siaga-source', '--import', hooks],
    env: { ...process.env, NODE_OPTIONS: '', LOG_LEVEL: 'fatal', ...env },
  });
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => onText?.(text));
  const ended = once(child, 'exit');
  const waiting: unknown[] = [];
  const takers: ((message: unknown) => void)[] = [];
  child.on('message', (message) => {
    const taker = takers.shift();
    if (taker === undefined) waiting.push(message);
    else taker(message);
  });
  return {
    child,
    message: () => {
      if (waiting.length > 0) return Promise.resolve(waiting.shift());
      const arrived = new Promise<unknown>((resolve) => takers.push(resolve));
      const gone = ended.then(([code, signal]) => {
        throw new Error(`${path.basename(file)} ended with ${String(signal ?? code)}`);
      });
      return Promise.race([arrived, gone]);
    },
    kill9: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
