/**
 * The gate's own pages, below {@code <context>/gate/}: who may see them, what they show, and their files.
 *
 * <p>{@link dev.nomadgate.pages.Protection} is how this container keeps strangers out,
 * {@link dev.nomadgate.pages.PagesFilter} looks at every request once more, and leaves a
 * {@link dev.nomadgate.pages.Caller} with those that may go on. {@link dev.nomadgate.pages.GateView} is where the figures
 * come from. {@code jetty} and {@code tomcat} ask one container each whether it has a realm.
 */
package dev.nomadgate.pages;
