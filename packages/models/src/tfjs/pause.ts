/** Pauses between steps: a moment for timers, clicks and abort signals, without a timer's least delay. */

export interface Pauses {
  /** Let everything that waits in the event loop run. */
  pause(): Promise<void>;
  /** Let go of the channel, which would keep a Node process alive. */
  close(): void;
}

export function createPauses(): Pauses {
  const { port1, port2 } = new MessageChannel();
  let resume = () => {};
  // Node's types know only its own way to listen, the DOM's pass an event.
  (port1 as { onmessage?: unknown }).onmessage = () => resume();
  return {
    pause: () =>
      new Promise((resolve) => {
        resume = resolve;
        port2.postMessage(0);
      }),
    close: () => {
      port1.close();
      port2.close();
    },
  };
}
