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

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.error.InvalidOptionException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeansException;
import org.springframework.beans.DirectFieldAccessor;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.PropertySource;
import org.springframework.util.ObjectUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Binds the initial data of an entry to the Java type of its elements.
 */
final class InitialDataBinder {

	private static final Bindable<List<Map<String, String>>> STRUCTURES = Bindable.of(ResolvableType
		.forClassWithGenerics(List.class, ResolvableType.forClassWithGenerics(Map.class, String.class, String.class)));

	private static final String JSON = "spring.application.json";

	private final Binder binder;

	private final Function<ConfigurationPropertyName, Binder> structured;

	private final ConfigurationPropertyName name;

	private final Problems problems;

	/**
	 * Bind the initial data of an entry.
	 * @param binder a binder of all properties
	 * @param structured gives a binder of the properties below a name
	 * @param entry the name of the entry
	 * @param problems where to put what is wrong
	 */
	InitialDataBinder(Binder binder, Function<ConfigurationPropertyName, Binder> structured,
			ConfigurationPropertyName entry, Problems problems) {
		this.binder = binder;
		this.name = entry.append("initial");
		this.structured = structured;
		this.problems = problems;
	}

	static boolean isCharacter(ElementType<?> type) {
		return type.equals(ElementType.CHAR) || type.equals(ElementType.WCHAR);
	}

	/**
	 * The text, or {@code null} if there is no initial data, or a list.
	 */
	@Nullable String text() {
		return this.binder.bind(this.name, Bindable.of(String.class)).orElse(null);
	}

	/**
	 * One element, or {@code null} if there is no initial data.
	 */
	<T> @Nullable T element(ElementType<T> type) {
		if (isCharacter(type)) {
			String text = bind(Bindable.of(String.class), type);
			return (text != null) ? type.convert(text) : null;
		}
		if (isStructure(type)) {
			Map<String, String> members = bind(Bindable.mapOf(String.class, String.class), type);
			return (members != null) ? structure(members, type) : null;
		}
		T element = bind(Bindable.of(type.javaType()), type);
		return (element != null) ? complete(element, type) : null;
	}

	/**
	 * All elements, or {@code null} if there is no initial data.
	 */
	<T> @Nullable List<T> elements(ElementType<T> type) {
		if (isCharacter(type)) {
			return elements(bind(Bindable.listOf(String.class), type), type::convert);
		}
		if (isStructure(type)) {
			return elements(bind(STRUCTURES, type), (members) -> structure(members, type));
		}
		return elements(bind(Bindable.listOf(type.javaType()), type), (element) -> complete(element, type));
	}

	/**
	 * The items of a list, or {@code null} if there is no initial data.
	 */
	@Nullable List<ListItem> items() {
		return bind(Bindable.listOf(ListItem.class), null);
	}

	private static <B, T> @Nullable List<T> elements(@Nullable List<B> bound, Function<B, T> conversion) {
		return (bound != null) ? bound.stream().map(conversion).toList() : null;
	}

	private <B> @Nullable B bind(Bindable<B> target, @Nullable ElementType<?> type) {
		boolean scalar = this.problems.find(this.name) != null;
		ConfigurationPropertyState below = scalar ? ConfigurationPropertyState.UNKNOWN : this.problems.below(this.name);
		if (below == ConfigurationPropertyState.ABSENT) {
			return null;
		}
		BindHandler handler = new ExactNumbersBindHandler();
		Binder binder = this.binder;
		if (below == ConfigurationPropertyState.PRESENT) {
			handler = new NoUnboundElementsBindHandler(handler);
			binder = this.structured.apply(this.name);
		}
		try {
			return binder.bind(this.name, target, handler).orElse(null);
		}
		catch (BindException ex) {
			if (ex.getCause() instanceof UnboundConfigurationPropertiesException unbound) {
				addUnbound(unbound.getUnboundProperties().iterator().next().getName(), target, type);
			}
			else {
				add(ex, type);
			}
			return null;
		}
	}

	private void addUnbound(ConfigurationPropertyName property, Bindable<?> target, @Nullable ElementType<?> type) {
		String found = property.subName(this.name.getNumberOfElements()).toString();
		boolean list = target.getType().toClass() == List.class;
		String expected = (list ? "elements" : "one value") + " of type " + type;
		if (type == null) {
			expected = "plain items, or the properties type, value and capacity of an item";
		}
		else if (type.hasMembers()) {
			expected = "the members of " + type;
		}
		this.problems.add(property, "Expected %s, found the property '%s'".formatted(expected, found),
				list ? "Correct the property, and declare every element from 0 on in one property source"
						: "Correct the property; for a list of values, declare the entry below shm.arrays");
	}

	private void add(BindException ex, @Nullable ElementType<?> type) {
		if (ex.getCause() instanceof NullPointerException) {
			this.problems.add(this.name, "Expected a value for every element, found null",
					"Write a value, or { type: none } for an item of a list");
			return;
		}
		ConfigurationProperty property = ex.getProperty();
		ConfigurationPropertyName failed = (property != null) ? property.getName() : ex.getName();
		this.problems.add(failed, property, ex.getTarget().getType().toClass(), explanation(ex, property, type));
	}

	/**
	 * What the library says to the value of a scalar, as it knows what the type takes.
	 */
	private static Exception explanation(BindException ex, @Nullable ConfigurationProperty property,
			@Nullable ElementType<?> type) {
		try {
			if (property != null && type != null && !type.hasMembers()) {
				type.convert(property.getValue());
			}
			return ex;
		}
		catch (IllegalArgumentException refused) {
			return refused;
		}
	}

	/**
	 * The library puts zeros where the binder leaves {@code null}, in the members of a
	 * record that are not given.
	 */
	private static <T> T complete(T element, ElementType<T> type) {
		return type.convert(members(element));
	}

	private static Object members(Object value) {
		if (value.getClass().isArray()) {
			return Arrays.stream(ObjectUtils.toObjectArray(value)).map(InitialDataBinder::members).toList();
		}
		if (!value.getClass().isRecord()) {
			return value;
		}
		Map<String, Object> members = new LinkedHashMap<>();
		for (RecordComponent component : value.getClass().getRecordComponents()) {
			ReflectionUtils.makeAccessible(component.getAccessor());
			Object member = ReflectionUtils.invokeMethod(component.getAccessor(), value);
			if (member != null) {
				members.put(component.getName(), members(member));
			}
		}
		return members;
	}

	private static boolean isStructure(ElementType<?> type) {
		return type.hasMembers() && !type.javaType().isRecord();
	}

	/**
	 * A structure of JNA has public fields, which the binder does not know.
	 */
	private static <T> T structure(Map<String, String> members, ElementType<T> type) {
		T structure = type.convert(Collections.emptyMap());
		DirectFieldAccessor fields = new DirectFieldAccessor(structure);
		fields.setConversionService(ApplicationConversionService.getSharedInstance());
		members.forEach((path, value) -> {
			try {
				fields.setPropertyValue(path(path), value);
			}
			catch (BeansException ex) {
				throw new InvalidOptionException("initial",
						"Expected the members of %s, found [%s] with '%s'".formatted(type, path, value),
						"Correct the name or the value");
			}
		});
		return structure;
	}

	private static String path(String path) {
		String dotted = Arrays.stream(path.split("\\."))
			.map((element) -> element.matches("\\d+") ? "[" + element + "]" : BeanNames.alias(element))
			.collect(Collectors.joining("."));
		return dotted.replace(".[", "[");
	}

	/**
	 * Whether an item of a list comes from a source that has nothing but text, such as
	 * {@code .properties} or the environment; YAML and JSON say by quotes what is text.
	 */
	boolean isPlainText(int item) {
		ConfigurationPropertyName indexed = this.name.append("[%d]".formatted(item));
		ConfigurationProperty property = Stream.of(indexed.append("value"), indexed, this.name)
			.map(this.problems::find)
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
		return property != null && !isTyped(property);
	}

	private static boolean isTyped(ConfigurationProperty property) {
		if (property.getSource() != null
				&& property.getSource().getUnderlyingSource() instanceof PropertySource<?> source
				&& source.getName().equals(JSON)) {
			return true;
		}
		Origin origin = (property.getOrigin() instanceof PropertySourceOrigin tracked) ? tracked.getOrigin()
				: property.getOrigin();
		String file = (origin instanceof TextResourceOrigin text && text.getResource() != null)
				? text.getResource().getFilename() : null;
		String lowerCase = (file != null) ? file.toLowerCase(Locale.ROOT) : "";
		return lowerCase.endsWith(".yml") || lowerCase.endsWith(".yaml");
	}

}
