/*
 * Copyright 2026-present the shmbeans authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.shmbeans.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.shmbeans.error.InsufficientMemoryException;
import io.github.shmbeans.error.InvalidOptionException;
import io.github.shmbeans.error.SegmentExistsException;
import io.github.shmbeans.error.SegmentNotFoundException;
import io.github.shmbeans.error.ValueOutOfRangeException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

/**
 * The one place that turns a refusal, by Boot's binder or by the library, into problems
 * of properties with their origins. All that one start finds are reported together.
 */
final class Problems {

	private static final int ENTRY = 3;

	private static final Pattern PLAIN = Pattern.compile("[\\w-]+");

	private final Iterable<ConfigurationPropertySource> sources;

	private final List<Problem> problems = new ArrayList<>();

	private final Set<ConfigurationPropertyName> entries = new HashSet<>();

	private @Nullable Throwable cause;

	Problems(Iterable<ConfigurationPropertySource> sources) {
		this.sources = sources;
	}

	/**
	 * Add a problem whose property has a spelling of its own.
	 */
	void add(ConfigurationPropertyName name, Problem problem) {
		this.problems.add(problem);
		this.entries.add((name.getNumberOfElements() > ENTRY) ? name.chop(ENTRY) : name);
	}

	/**
	 * Add a problem of a property.
	 */
	void add(ConfigurationPropertyName name, String reason, String action) {
		ConfigurationProperty found = find(name);
		Object value = (found != null) ? found.getValue() : null;
		add(name, new Problem(show(name), value, origin(name, found), reason, action));
	}

	/**
	 * Add what the library refuses.
	 * @param entry the name of the entry
	 * @param option the property that is wrong unless the exception names it
	 * @param ex the exception
	 */
	void add(ConfigurationPropertyName entry, String option, RuntimeException ex) {
		InvalidOptionException invalid = Problem.invalidOption(option, ex);
		this.cause = (this.cause != null) ? this.cause : ex;
		add(entry.append(invalid.option()), invalid.problem(), invalid.remedy());
	}

	/**
	 * Add what the library refuses when a segment is opened.
	 */
	void addOpening(ConfigurationPropertyName entry, RuntimeException ex) {
		String option = suspects(ex).stream().filter((name) -> find(entry.append(name)) != null).findFirst().orElse("");
		add(entry, option, ex);
	}

	private static List<String> suspects(RuntimeException ex) {
		if (ex instanceof InsufficientMemoryException || ex instanceof ArithmeticException) {
			return List.of("length", "shape", "size", "initial");
		}
		if (ex instanceof SegmentNotFoundException || ex instanceof SegmentExistsException) {
			return List.of("mode");
		}
		return (ex instanceof IllegalArgumentException) ? List.of("initial") : List.of();
	}

	/**
	 * Add a property that cannot be converted.
	 */
	void add(ConfigurationPropertyName name, @Nullable ConfigurationProperty property, Class<?> type, Exception ex) {
		this.cause = (this.cause != null) ? this.cause : ex;
		Throwable specific = NestedExceptionUtils.getMostSpecificCause(ex);
		String message = String.valueOf(specific.getMessage());
		ConfigurationProperty declared = (property != null) ? property : find(name);
		Object found = (declared != null) ? declared.getValue() : message;
		if (specific instanceof ValueOutOfRangeException || message.startsWith("Expected ")) {
			InvalidOptionException refused = Problem.invalidOption("", new IllegalArgumentException(message, specific));
			add(name, refused.problem(), refused.remedy());
		}
		else if (SegmentProperties.class.isAssignableFrom(type)
				|| type == SharedMemoryProperties.ManagerProperties.class) {
			add(name, "Expected properties (%s), found '%s'".formatted(known(type), found),
					"Put the properties below the key '%s'".formatted(name.getLastElement(Form.ORIGINAL)));
		}
		else if (type == Map.class) {
			add(name, "Expected entries, each a key with properties, found '%s'".formatted(found),
					"Declare a key below '%s', or remove the property".formatted(name));
		}
		else {
			add(name, "Expected %s, found '%s'".formatted(expected(type), found),
					"Correct the value of '%s'".formatted(show(name)));
		}
	}

	/**
	 * Add a property that nothing is bound to.
	 * @param property the property
	 * @param type what the properties around it are bound to
	 */
	void addUnknown(ConfigurationProperty property, Class<?> type) {
		ConfigurationPropertyName name = property.getName();
		if (this.problems.stream().anyMatch((problem) -> problem.property().equals(show(name)))) {
			return;
		}
		if (type == SharedMemoryProperties.ManagerProperties.class) {
			addUnknownOfManager(property, type);
			return;
		}
		boolean entry = name.getNumberOfElements() > ENTRY;
		String place = entry ? "below the key '%s'".formatted(name.getElement(ENTRY - 1, Form.ORIGINAL))
				: "below 'shm'";
		String found = name.subName(entry ? ENTRY : 1).toString();
		boolean dotted = name.getNumberOfElements() > ENTRY + 1 && !name.isNumericIndex(ENTRY + 1);
		add(name, "Expected one of the properties %s %s, found '%s'".formatted(known(type), place, found),
				dotted ? dotted(name) : "Remove it, or use one of these");
	}

	/**
	 * Its value is not shown: it may be a key whose property was misspelled.
	 */
	private void addUnknownOfManager(ConfigurationProperty property, Class<?> type) {
		ConfigurationPropertyName name = property.getName();
		add(name,
				new Problem(show(name), null, property.getOrigin(),
						"Expected one of the properties %s below 'shm.manager', found '%s'".formatted(known(type),
								name.subName(2)),
						"Remove it, or use one of these"));
	}

	private static String dotted(ConfigurationPropertyName name) {
		return "Correct the property. If '%s.%s' was meant to be a key with a dot, write it in brackets: '[%1$s.%2$s]', in YAML with quotes around them. %3$s"
			.formatted(name.getElement(ENTRY - 1, Form.ORIGINAL), name.getElement(ENTRY, Form.ORIGINAL),
					Keys.ENVIRONMENT);
	}

	private static String known(Class<?> type) {
		return Arrays.stream(BeanUtils.getPropertyDescriptors(type))
			.filter((property) -> !property.getName().equals("class"))
			.map((property) -> DataObjectPropertyName.toDashedForm(property.getName()))
			.collect(Collectors.joining(", "));
	}

	private static String expected(Class<?> type) {
		if (type.isEnum()) {
			return Arrays.stream(type.getEnumConstants())
				.map((constant) -> constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
				.collect(Collectors.joining(", ", "one of ", ""));
		}
		if (type == Duration.class) {
			return "a duration such as 500ms or 5s";
		}
		if (type == DataSize.class) {
			return "a size such as 64KB or 4MB";
		}
		Class<?> boxed = ClassUtils.resolvePrimitiveIfNecessary(type);
		if (Number.class.isAssignableFrom(boxed)) {
			return (boxed == Double.class || boxed == Float.class) ? "a number" : "a whole number";
		}
		return (boxed == Boolean.class) ? "true or false" : "a " + type.getSimpleName();
	}

	/**
	 * Whether there is a problem of an entry.
	 */
	boolean concern(ConfigurationPropertyName entry) {
		return this.entries.contains(entry);
	}

	void throwIfAny() {
		if (!this.problems.isEmpty()) {
			throw exception();
		}
	}

	InvalidSharedMemoryPropertyException exception() {
		return new InvalidSharedMemoryPropertyException(this.problems, this.cause);
	}

	/**
	 * The property of that name from the source of the highest precedence that has it.
	 */
	@Nullable ConfigurationProperty find(ConfigurationPropertyName name) {
		for (ConfigurationPropertySource source : this.sources) {
			ConfigurationProperty property = source.getConfigurationProperty(name);
			if (property != null) {
				return property;
			}
		}
		return null;
	}

	/**
	 * Whether there are properties below a name; unknown if only sources that cannot be
	 * listed may have some.
	 */
	ConfigurationPropertyState below(ConfigurationPropertyName name) {
		ConfigurationPropertyState state = ConfigurationPropertyState.ABSENT;
		for (ConfigurationPropertySource source : this.sources) {
			ConfigurationPropertyState found = source.containsDescendantOf(name);
			if (found == ConfigurationPropertyState.PRESENT) {
				return found;
			}
			state = (found == ConfigurationPropertyState.UNKNOWN) ? found : state;
		}
		return state;
	}

	/**
	 * The origin of a property, or else of the first one of its entry.
	 */
	private @Nullable Origin origin(ConfigurationPropertyName name, @Nullable ConfigurationProperty found) {
		if (found != null) {
			return found.getOrigin();
		}
		Origin below = originBelow(name);
		return (below != null || name.getNumberOfElements() <= ENTRY) ? below : originBelow(name.chop(ENTRY));
	}

	private @Nullable Origin originBelow(ConfigurationPropertyName name) {
		for (ConfigurationPropertySource source : this.sources) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				ConfigurationPropertyName below = iterable.stream().filter(name::isAncestorOf).findFirst().orElse(null);
				ConfigurationProperty property = (below != null) ? source.getConfigurationProperty(below) : null;
				if (property != null) {
					return property.getOrigin();
				}
			}
		}
		return null;
	}

	/**
	 * Show a name with its key as it was written.
	 */
	static String show(ConfigurationPropertyName name) {
		StringBuilder result = new StringBuilder();
		for (int i = 0; i < name.getNumberOfElements(); i++) {
			String element = name.getElement(i, Form.ORIGINAL);
			if (name.isNumericIndex(i) || !PLAIN.matcher(element).matches()) {
				result.append('[').append(element).append(']');
			}
			else {
				result.append(result.isEmpty() ? "" : ".").append(element);
			}
		}
		return result.toString();
	}

}
