// Playing the periods one after the other.

/** Milliseconds that a period is shown. */
export const PACES = { slow: 2400, usual: 1400, fast: 800 };
export type Pace = keyof typeof PACES;

export class Playback {
  pace: Pace = 'usual';
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** `show` shows a period and resolves once it stands on the map; `stopped` is called when it stops. */
  constructor(
    private readonly show: (period: string) => Promise<void>,
    private readonly stopped: () => void,
  ) {}

  get playing(): boolean {
    return this.timer !== undefined;
  }

  /** Begins after a period; at the end it begins anew. */
  start(periods: readonly string[], period: string): void {
    const next = period === periods.at(-1) ? 0 : periods.indexOf(period) + 1;
    this.timer = setTimeout(() => void this.advance(periods, next), 0);
  }

  private async advance(periods: readonly string[], index: number): Promise<void> {
    const period = periods[index];
    const turn = this.timer;
    if (period === undefined) return this.stop();
    await this.show(period);
    // Somebody stopped it meanwhile.
    if (this.timer !== turn) return;
    this.timer = setTimeout(() => void this.advance(periods, index + 1), PACES[this.pace]);
  }

  stop(): void {
    if (!this.playing) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.stopped();
  }
}
