/** Programs on a terminal of their own: a pseudo-terminal that Python drives, which duplicity brings to every test machine. */
import { execFile } from 'node:child_process'

/**
 * Waits for each text and types its answer; then reads to the end. Gives what the terminal showed, the status, and whether the
 * terminal is left as it was.
 */
const DRIVER = `
import json, os, pty, select, sys, termios, time
steps, command, env, cwd = json.loads(sys.argv[1])
master, slave = pty.openpty()
before = termios.tcgetattr(slave)
pid = os.fork()
if pid == 0:
    os.setsid()
    import fcntl
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for target in (0, 1, 2):
        os.dup2(slave, target)
    os.closerange(3, 100)
    os.chdir(cwd)
    os.execve(command[0], command, env)
shown = b''
seen = 0
deadline = time.time() + 60
status = None
while time.time() < deadline:
    if select.select([master], [], [], 0.1)[0]:
        shown += os.read(master, 65536)
    elif status is not None:
        break
    if status is None:
        ended, found = os.waitpid(pid, os.WNOHANG)
        if ended:
            status = os.waitstatus_to_exitcode(found)
    while steps and steps[0][0].encode() in shown[seen:]:
        seen = shown.index(steps[0][0].encode(), seen) + len(steps[0][0].encode())
        # What is typed before the echo is off would be shown, as with every program.
        time.sleep(0.3)
        if steps[0][1].startswith('kill '):
            os.kill(pid, int(steps[0][1][5:]))
        else:
            os.write(master, steps[0][1].encode())
        steps.pop(0)
if status is None:
    os.kill(pid, 9)
print(json.dumps({'shown': shown.decode(), 'status': status, 'restored': termios.tcgetattr(slave) == before}))
`

export interface OnTerminal {
  readonly shown: string
  /** Null: it had to be killed. Below 0: the signal that ended it. */
  readonly status: number | null
  readonly restored: boolean
}

export interface TerminalWork {
  readonly command: readonly string[]
  /** Texts to wait for, and what is typed then; `kill N` sends a signal. */
  readonly steps: readonly (readonly [string, string])[]
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
}

/** Runs a program on a terminal to its end, at most a minute. */
export function onTerminal({ command, steps, env, cwd }: TerminalWork): Promise<OnTerminal> {
  const work = JSON.stringify([steps, command, env, cwd])
  return new Promise((resolve, reject) => {
    execFile('/usr/bin/python3', ['-c', DRIVER, work], (error, stdout) => {
      if (error === null) resolve(JSON.parse(stdout) as OnTerminal)
      else reject(new Error(error.message))
    })
  })
}
