declare module 'saxen' {
  /** A streaming XML parser; it knows the five predefined entities and expands nothing else. */
  export class Parser {
    on(
      name: 'openTag',
      listener: (element: string, attributes: () => Record<string, string>, decode: (text: string) => string) => void,
    ): this;
    on(name: 'closeTag', listener: (element: string) => void): this;
    on(name: 'text', listener: (text: string, decode: (text: string) => string) => void): this;
    on(name: 'cdata', listener: (text: string) => void): this;
    on(name: 'error', listener: (error: Error) => void): this;
    parse(xml: string): unknown;
  }
}
