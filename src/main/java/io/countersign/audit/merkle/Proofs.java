package io.countersign.audit.merkle;

import java.util.Iterator;
import java.util.List;

/**
 * Checks proofs of inclusion and consistency, as RFC 9162 writes down for the trees of RFC 6962.
 */
public final class Proofs {

  /** More hashes than any proof of a tree of 2^63 entries has. */
  public static final int MAX_LENGTH = 64;

  private Proofs() {}

  /** Whether a tree of this size and root holds the entry with this leaf hash at the index. */
  public static boolean includes(long index, long size, Hash leaf, List<Hash> proof, Hash root) {
    if (index < 0 || index >= size || proof.size() > MAX_LENGTH) {
      return false;
    }
    long node = index;
    long last = size - 1;
    Hash hash = leaf;
    for (Hash sibling : proof) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        hash = Hash.node(sibling, hash);
        int skipped = (node & 1) == 1 ? 0 : Long.numberOfTrailingZeros(node);
        node >>>= skipped;
        last >>>= skipped;
      } else {
        hash = Hash.node(hash, sibling);
      }
      node >>>= 1;
      last >>>= 1;
    }
    return last == 0 && hash.equals(root);
  }

  /** Whether the newer tree begins with all entries of the older one. */
  public static boolean extend(
      long oldSize, Hash oldRoot, long newSize, Hash newRoot, List<Hash> proof) {
    if (oldSize < 0 || oldSize > newSize || proof.size() > MAX_LENGTH) {
      return false;
    }
    if (oldSize == 0) {
      return proof.isEmpty() && oldRoot.equals(Hash.EMPTY_TREE) && isRoot(newSize, newRoot);
    }
    if (oldSize == newSize) {
      return proof.isEmpty() && oldRoot.equals(newRoot);
    }
    return climb(oldSize, oldRoot, newSize, newRoot, proof);
  }

  private static boolean isRoot(long size, Hash root) {
    return size > 0 || root.equals(Hash.EMPTY_TREE);
  }

  private static boolean climb(
      long oldSize, Hash oldRoot, long newSize, Hash newRoot, List<Hash> proof) {
    int whole = Long.numberOfTrailingZeros(oldSize);
    long node = (oldSize - 1) >>> whole;
    long last = (newSize - 1) >>> whole;
    Iterator<Hash> hashes = proof.iterator();
    // An older tree that is one whole subtree is its own first hash, and left out of the proof.
    if (node != 0 && !hashes.hasNext()) {
      return false;
    }
    Hash oldHash = node == 0 ? oldRoot : hashes.next();
    Hash newHash = oldHash;
    while (hashes.hasNext()) {
      if (last == 0) {
        return false;
      }
      Hash hash = hashes.next();
      if ((node & 1) == 1 || node == last) {
        oldHash = Hash.node(hash, oldHash);
        newHash = Hash.node(hash, newHash);
        int skipped = (node & 1) == 1 ? 0 : Long.numberOfTrailingZeros(node);
        node >>>= skipped;
        last >>>= skipped;
      } else {
        newHash = Hash.node(newHash, hash);
      }
      node >>>= 1;
      last >>>= 1;
    }
    return last == 0 && oldHash.equals(oldRoot) && newHash.equals(newRoot);
  }
}
