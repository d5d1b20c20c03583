// The assignment problem: A, B and C each get a place of their own, so that the costs are least in sum. By shortest augmenting
// paths (R. Jonker and A. Volgenant 1987): one row after the other takes the cheapest place, and whoever had it moves on.

/** For each of `n` rows a column of its own among `m >= n`. */
export function assign(n: number, m: number, cost: (row: number, column: number) => number): number[] {
  const assignment = new Assignment(n, m, cost);
  for (let row = 1; row <= n; row += 1) assignment.add(row);
  return assignment.columns();
}

/** A number of an array whose length is known. */
const of = (array: Float64Array | Int32Array, index: number): number => array[index] ?? 0;

/** Rows and columns count from 1; 0 stands for none. */
class Assignment {
  private readonly rowPrice: Float64Array;
  private readonly columnPrice: Float64Array;
  /** Row that has a column. */
  private readonly owner: Int32Array;
  /** Column before a column on the cheapest way to it. */
  private readonly before: Int32Array;
  /** Of the row being added: the least cost to reach each column, and the columns already reached. */
  private least = new Float64Array(0);
  private reached = new Uint8Array(0);

  constructor(
    private readonly n: number,
    private readonly m: number,
    private readonly cost: (row: number, column: number) => number,
  ) {
    this.rowPrice = new Float64Array(n + 1);
    this.columnPrice = new Float64Array(m + 1);
    this.owner = new Int32Array(m + 1);
    this.before = new Int32Array(m + 1);
  }

  /** Gives a row a column; others may move. */
  add(row: number): void {
    this.least = new Float64Array(this.m + 1).fill(Number.POSITIVE_INFINITY);
    this.reached = new Uint8Array(this.m + 1);
    this.owner[0] = row;
    let at = 0;
    do {
      this.reached[at] = 1;
      at = this.step(at);
    } while (of(this.owner, at) !== 0);
    this.moveAlong(at);
  }

  /** Goes on from column `at` to the one that is reached at the least cost. */
  private step(at: number): number {
    const row = of(this.owner, at);
    let next = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let column = 1; column <= this.m; column += 1) {
      if (this.reached[column]) continue;
      const cost = this.cost(row - 1, column - 1) - of(this.rowPrice, row) - of(this.columnPrice, column);
      if (cost < of(this.least, column)) {
        this.least[column] = cost;
        this.before[column] = at;
      }
      if (of(this.least, column) < least) [least, next] = [of(this.least, column), column];
    }
    this.raise(least);
    return next;
  }

  /** Raises prices, so that the way found so far costs nothing more. */
  private raise(step: number): void {
    for (let column = 0; column <= this.m; column += 1) {
      if (this.reached[column]) {
        const row = of(this.owner, column);
        this.rowPrice[row] = of(this.rowPrice, row) + step;
        this.columnPrice[column] = of(this.columnPrice, column) - step;
      } else this.least[column] = of(this.least, column) - step;
    }
  }

  /** Every row on the way to the free column `at` moves one column on. */
  private moveAlong(at: number): void {
    for (let column = at; column !== 0;) {
      const before = of(this.before, column);
      this.owner[column] = of(this.owner, before);
      column = before;
    }
  }

  /** Column of each row, both counted from 0. */
  columns(): number[] {
    const columns = new Array<number>(this.n).fill(0);
    this.owner.forEach((row, column) => {
      if (column > 0 && row > 0) columns[row - 1] = column - 1;
    });
    return columns;
  }
}
