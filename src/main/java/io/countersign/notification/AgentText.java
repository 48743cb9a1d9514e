package io.countersign.notification;

import java.util.regex.Pattern;

/**
 * What an agent wrote, as a message may carry it: on one line, short, with everything visible that
 * could make it read otherwise, and with nothing that a mail or chat program would make a link of.
 */
public final class AgentText {

  private static final String CUT = " ⟦cut⟧";

  /** As in {@code visible.js}, where a browser knows which characters can be ignored. */
  private static final Pattern INVISIBLE =
      Pattern.compile(
          "(?! )[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}\\p{Zs}"
              + "\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u2800\\u3164"
              + "\\uFE00-\\uFE0F\\uFFA0\\x{1D159}\\x{E0000}-\\x{E0FFF}]"
              + "|(?<=\\p{M}{2})\\p{M}");

  private static final Pattern SCHEME =
      Pattern.compile("\\b([a-z][a-z0-9+.-]{0,20})([:：])(?=\\S)", Pattern.CASE_INSENSITIVE);

  /** A dot before a letter, as in host names and addresses; those in numbers stay. */
  private static final Pattern DOT = Pattern.compile("(?<=[\\p{L}\\p{N}_-])([.。．｡․])(?=[\\p{L}])");

  private AgentText() {}

  /**
   * One line of it.
   *
   * @param longest how many characters of the agent's; a longer text is cut with a mark
   */
  public static String line(String text, int longest) {
    int length = text.codePointCount(0, text.length());
    String some = length <= longest ? text : text.substring(0, text.offsetByCodePoints(0, longest));
    return inert(visible(some)) + (length <= longest ? "" : CUT);
  }

  private static String visible(String text) {
    return INVISIBLE
        .matcher(text)
        .replaceAll(found -> String.format("⟦U+%04X⟧", found.group().codePointAt(0)));
  }

  private static String inert(String text) {
    String noScheme = SCHEME.matcher(text).replaceAll("$1[$2]");
    return DOT.matcher(noScheme).replaceAll("[$1]");
  }
}
