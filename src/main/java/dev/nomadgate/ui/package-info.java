/**
 * What it takes for Nomad's UI, which knows only {@code /ui/} and {@code /v1/}, to work below a context path.
 *
 * <p>{@link dev.nomadgate.ui.ContextPath} is what is put on; {@link dev.nomadgate.ui.OutwardFields} puts it on the
 * header of every answer, {@link dev.nomadgate.ui.UiPage} on Nomad's page, and the script that
 * {@link dev.nomadgate.ui.PrefixScript} serves on what that page asks for while it runs.
 * {@link dev.nomadgate.ui.UiPages} knows which answers are such a page, {@link dev.nomadgate.ui.PageFields} what its
 * header has to be. At the root none of it changes anything.
 */
package dev.nomadgate.ui;
