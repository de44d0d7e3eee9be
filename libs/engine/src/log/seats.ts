/** Who may hold a seat. Both calls are made at once, inside `take` and `leave`. */
export interface Sitter {
  seated(): void;
}

/**
 * Which reader of a consumer group works on a topic: the first that came; the others stand by, in order. A seat is held
 * by a connection's reading, so what a frozen process says after its connection was given up reaches nobody.
 */
export class Seats {
  readonly #queues = new Map<string, Sitter[]>();

  take(group: string, topic: string, sitter: Sitter): void {
    const name = `${group} ${topic}`;
    const queue = this.#queues.get(name) ?? [];
    this.#queues.set(name, queue);
    queue.push(sitter);
    if (queue.length === 1) sitter.seated();
  }

  leave(group: string, topic: string, sitter: Sitter): void {
    const name = `${group} ${topic}`;
    const queue = this.#queues.get(name) ?? [];
    const at = queue.indexOf(sitter);
    if (at < 0) return;
    queue.splice(at, 1);
    if (queue.length === 0) this.#queues.delete(name);
    else if (at === 0) queue[0]?.seated();
  }
}
