/** The assignment problem: each row gets a column of its own, at the least cost in all. */

/**
 * Solve the assignment problem by shortest augmenting paths, in O(n^3) time and O(n) memory beyond the costs.
 *
 * @param cost [n, n] row-major, each finite
 * @param n an integer >= 0
 * @returns [n] the column of each row: a permutation whose sum of `cost[row, column]` is the least
 * @throws RangeError when `cost` is not n x n, or a cost is not finite
 * @see Jonker, Volgenant, "A Shortest Augmenting Path Algorithm for Dense and Sparse Linear Assignment Problems", 1987
 */
export function solveAssignment(cost: ArrayLike<number>, n: number): Int32Array {
  if (!(Number.isInteger(n) && n >= 0) || cost.length !== n * n) {
    throw new RangeError(`solveAssignment: cost must hold n x n values, got ${cost.length} for n = ${n}`);
  }
  for (let i = 0; i < cost.length; i++) {
    if (!Number.isFinite(cost[i])) throw new RangeError(`solveAssignment: every cost must be finite, got ${cost[i]}`);
  }
  // The prices of rows and columns: cost - rowPrice - columnPrice is >= 0, and 0 on what is assigned.
  const rowPrice = new Float64Array(n);
  const columnPrice = new Float64Array(n);
  const columnOf = new Int32Array(n).fill(-1);
  const rowOf = new Int32Array(n).fill(-1);
  const distance = new Float64Array(n);
  const cameFrom = new Int32Array(n);
  const done = new Uint8Array(n);

  for (let start = 0; start < n; start++) {
    // Dijkstra from the free row to the nearest free column.
    distance.fill(Infinity);
    done.fill(0);
    let row = start;
    let reached = 0;
    let column = -1;
    for (;;) {
      let nearest = Infinity;
      let next = -1;
      for (let j = 0; j < n; j++) {
        if (done[j]) continue;
        const through =
          reached + ((cost[row * n + j] as number) - (rowPrice[row] as number) - (columnPrice[j] as number));
        if (through < (distance[j] as number)) {
          distance[j] = through;
          cameFrom[j] = row;
        }
        // Among equals a free column ends the search at once.
        const length = distance[j] as number;
        if (length < nearest || (length === nearest && rowOf[j] === -1)) {
          nearest = length;
          next = j;
        }
      }
      reached = nearest;
      column = next;
      if (rowOf[column] === -1) break;
      done[column] = 1;
      row = rowOf[column] as number;
    }
    rowPrice[start] = (rowPrice[start] as number) + reached;
    for (let j = 0; j < n; j++) {
      if (!done[j]) continue;
      const slack = reached - (distance[j] as number);
      columnPrice[j] = (columnPrice[j] as number) - slack;
      const owner = rowOf[j] as number;
      rowPrice[owner] = (rowPrice[owner] as number) + slack;
    }
    // Turn the path over: every row on it takes the column it came to.
    for (;;) {
      const taker = cameFrom[column] as number;
      const left = columnOf[taker] as number;
      rowOf[column] = taker;
      columnOf[taker] = column;
      if (taker === start) break;
      column = left;
    }
  }
  return columnOf;
}
