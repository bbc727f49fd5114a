/** Logistic regression on sparse rows: Adagrad, a part of the features left out at each step, the weights of the last half averaged. */

/** Chosen by cross-validation over the examples; the results hardly change around them. */
const EPOCHS = 12
const RATE = 0.3
const LEFT_OUT = 0.3
/** Runs with other dice; their weights are averaged, which costs nothing when the model is used. */
const SEEDS = [1, 2, 3]

/** `rows`: `{ features, is, weight }`, where a weight of 0.5 counts half. Addresses are shifted right by `shift` into `bits` bits. Same rows, same weights. */
export function trainBinary(rows, address) {
  const runs = SEEDS.map((seed) => trainOnce(rows, { ...address, seed }))
  const mean = (of) => runs.reduce((total, run) => total + of(run), 0) / runs.length
  return { bias: mean(({ bias }) => bias), weights: Float64Array.from(runs[0].weights, (_, at) => mean(({ weights }) => weights[at])) }
}

function trainOnce(rows, { bits, shift, seed }) {
  const size = 2 ** bits
  const weights = new Float64Array(size)
  const squares = new Float64Array(size)
  const sums = new Float64Array(size)
  const model = { bias: 0, biasSquare: 1e-6, biasSum: 0, weights, squares }
  const dice = rolled(seed)
  const order = rows.map((_, at) => at)
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    shuffle(order, dice)
    for (const at of order) step(model, rows[at], { shift, dice })
    if (epoch < EPOCHS / 2) continue
    for (let at = 0; at < size; at += 1) sums[at] += weights[at]
    model.biasSum += model.bias
  }
  const averaged = EPOCHS - Math.ceil(EPOCHS / 2)
  return { bias: model.biasSum / averaged, weights: sums.map((total) => total / averaged) }
}

function step(model, { features: { ids, values }, is, weight }, { shift, dice }) {
  const kept = [...ids.keys()].filter(() => dice() >= LEFT_OUT)
  const scaled = (at) => values[at] / (1 - LEFT_OUT)
  const score = kept.reduce((total, at) => total + model.weights[ids[at] >>> shift] * scaled(at), model.bias)
  const error = weight * (1 / (1 + Math.exp(-score)) - (is ? 1 : 0))
  for (const at of kept) {
    const id = ids[at] >>> shift
    const gradient = error * scaled(at)
    model.squares[id] += gradient * gradient
    model.weights[id] -= (RATE * gradient) / (Math.sqrt(model.squares[id]) + 1e-6)
  }
  model.biasSquare += error * error
  model.bias -= (RATE * error) / (2 * Math.sqrt(model.biasSquare))
}

function shuffle(list, dice) {
  for (let at = list.length - 1; at > 0; at -= 1) {
    const other = Math.floor(dice() * (at + 1))
    ;[list[at], list[other]] = [list[other], list[at]]
  }
}

/** Numbers from 0 up to 1, the same for the same seed (linear congruential, Numerical Recipes). */
function rolled(seed) {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return (state >>> 0) / 2 ** 32
  }
}
