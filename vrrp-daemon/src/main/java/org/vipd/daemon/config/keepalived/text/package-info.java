/**
 * The language of {@code keepalived.conf} below its keywords: files and includes, conditions,
 * definitions, sequences, comments, quotes and braces. Text in, a tree of {@link
 * org.vipd.daemon.config.keepalived.text.Statement statements} with places out. Here, too, is how a
 * file is read at all: whole, bounded, regular.
 *
 * <p>May use: {@code config.Place}, {@code config.Problems}, files. Must not use: the model, any
 * keyword but {@code include} and those whose arguments are quoted differently; which words begin
 * blocks {@link org.vipd.daemon.config.keepalived.text.BlockWords its caller} says.
 */
package org.vipd.daemon.config.keepalived.text;
