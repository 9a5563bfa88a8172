/**
 * Runs small tasks together when the events at hand have been looked at: answers to NATS that come up one by one would each cost a system
 * call.
 */
export class Batch {
  #tasks: (() => void)[] = [];

  add(task: () => void): void {
    if (this.#tasks.push(task) === 1) setImmediate(() => this.run());
  }

  /** Runs now what waits. */
  run(): void {
    const tasks = this.#tasks;
    this.#tasks = [];
    for (const task of tasks) task();
  }
}
