/** Milliseconds of the processor that `work` takes: a busy computer, where it waits for its turn, makes them no more. */
export function processorTime(work: () => void): number {
  const began = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(began)
  return (user + system) / 1000
}
