package org.vipd.daemon.config;

/**
 * What a problem is about, for those who act upon it: nobody reads that out of its text.
 *
 * @param type which kind
 * @param subject the id of a rule, a keyword, or the beginning of a sentence; empty when the type
 *     says all
 */
public record ProblemKind(Type type, String subject) {

  /** A mistake that nobody asks for by its kind. */
  public static final ProblemKind PLAIN = new ProblemKind(Type.PLAIN, "");

  /** Words behind a setting that nobody reads. */
  public static final ProblemKind SURPLUS = new ProblemKind(Type.SURPLUS, "");

  /** A file that is a template. */
  public static final ProblemKind TEMPLATE = new ProblemKind(Type.TEMPLATE, "");

  /** What was to protect packets is not used. */
  public static final ProblemKind NO_AUTHENTICATION = new ProblemKind(Type.NO_AUTHENTICATION, "");

  /** A command for a user that this host does not have. */
  public static final ProblemKind NO_USER = new ProblemKind(Type.NO_USER, "");

  /** The same where the user may be a word of the command, which is a mistake on every host. */
  public static final ProblemKind NO_USER_PERHAPS =
      new ProblemKind(Type.NO_USER, "a command without quotes");

  /** The kinds. */
  public enum Type {
    /** A mistake of the language. */
    PLAIN,
    /** What a rule with an id found: the subject. */
    RULE,
    /** A brace that may have put something where nobody meant it; the subject says which. */
    BRACE,
    /** A keyword, the subject, that is read and not followed yet; empty for what is no keyword. */
    NOT_YET,
    /** A keyword, the subject, that is about something that vipd does not have. */
    NO_MEANING,
    /** A reference that stays as it is; the subject says which, as the beginning of a sentence. */
    UNREPLACED,
    /**
     * Words behind a setting that nobody reads: what is missing then is the graver thing to say.
     */
    SURPLUS,
    /** The file is what another program makes a configuration of. */
    TEMPLATE,
    /**
     * A command is for a user that this host does not have; the subject says what may be wrong
     * elsewhere, too.
     */
    NO_USER,
    /** What seems to be meant to protect packets is not used, and they go out without. */
    NO_AUTHENTICATION,
    /** A keyword, the subject, is not used because it, or its value, is written wrong. */
    LEFT_OUT
  }

  /** What a rule found; of none when its id is empty. */
  static ProblemKind rule(String id) {
    return id.isEmpty() ? PLAIN : new ProblemKind(Type.RULE, id);
  }

  /**
   * A reference that stays as it is.
   *
   * @param what the same as the beginning of a sentence
   */
  public static ProblemKind unreplaced(String what) {
    return new ProblemKind(Type.UNREPLACED, what);
  }

  /** A keyword that is not used because it, or its value, is written wrong. */
  public static ProblemKind leftOut(String keyword) {
    return new ProblemKind(Type.LEFT_OUT, keyword);
  }

  /**
   * A brace that may have put something where nobody meant it.
   *
   * @param what the same as the beginning of a sentence
   */
  public static ProblemKind brace(String what) {
    return new ProblemKind(Type.BRACE, what);
  }
}
