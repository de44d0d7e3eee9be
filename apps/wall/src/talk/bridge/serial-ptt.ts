/** What of Web Serial is used; Chrome and Edge on a computer have it, and no types do. */
interface Port {
  open(options: { baudRate: number }): Promise<void>;
  setSignals(signals: { requestToSend: boolean }): Promise<void>;
  close(): Promise<void>;
}
interface Serial {
  requestPort(): Promise<Port>;
}

const serial = (navigator as { serial?: Serial }).serial;

/** Any rate: nothing is sent over it. */
const BAUD = 9600;

/** The line that keys a set: RTS of a serial port, high while the group speaks. */
export class SerialPtt {
  readonly #port: Port;
  #isHigh = false;

  private constructor(port: Port) {
    this.#port = port;
  }

  static get isThere(): boolean {
    return serial !== undefined;
  }

  /** Asks which port it is; rejects where none is chosen, or another program has it. */
  static async choose(): Promise<SerialPtt> {
    if (serial === undefined) throw new Error('no Web Serial');
    const port = await serial.requestPort();
    await port.open({ baudRate: BAUD });
    await port.setSignals({ requestToSend: false });
    return new SerialPtt(port);
  }

  /** A port that was pulled out keys nothing: the set's own VOX, if it has one, still does. */
  key(isHigh: boolean): void {
    if (isHigh === this.#isHigh) return;
    this.#isHigh = isHigh;
    this.#port.setSignals({ requestToSend: isHigh }).catch(() => undefined);
  }

  close(): void {
    this.key(false);
    this.#port.close().catch(() => undefined);
  }
}
