/** Computes the delta of a file against a stored signature, which may be larger than memory should hold. */
import { DeltaBuilder } from '../../rsync/delta.ts'
import type { Kernels } from '../../rsync/kernels.ts'
import { SignatureIndex } from '../../rsync/signature-index.ts'
import type { StateEntry } from '../diff/state.ts'
import { Spool } from './spool.ts'

export class DeltaEncoder {
  readonly #spool: Spool
  readonly #builder: DeltaBuilder

  private constructor(spool: Spool, builder: DeltaBuilder) {
    this.#spool = spool
    this.#builder = builder
  }

  /** Reads the signature. Throws DELTA_INVALID where it is malformed. */
  static async create(kernels: Kernels, state: StateEntry, tempDir: string): Promise<DeltaEncoder> {
    const spool = new Spool(tempDir)
    try {
      for (
        let piece = await state.readSignature();
        piece !== undefined;
        piece = await state.readSignature()
      ) {
        spool.add(Buffer.from(piece))
      }
      return new DeltaEncoder(spool, new DeltaBuilder(kernels, new SignatureIndex(spool)))
    } catch (error) {
      spool.close()
      throw error
    }
  }

  /** Takes the next bytes of the new content; returns the pieces of the delta that they complete. */
  update(content: Uint8Array): Buffer[] {
    return this.#builder.update(content)
  }

  /** The rest of the delta. */
  end(): Buffer[] {
    return this.#builder.end()
  }

  close(): void {
    this.#builder.close()
    this.#spool.close()
  }
}
