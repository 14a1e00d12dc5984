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

package io.github.shmbeans.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.github.shmbeans.SharedSegment;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("any-jdk")
class ArchitectureTests {

	private static final String ROOT = "io.github.shmbeans";

	private static final String INTERNAL = ROOT + ".internal";

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages(ROOT);

	@Test
	void packagesOfTheLibraryAreThere() {
		assertThat(CLASSES.stream().map(JavaClass::getPackageName).distinct()).containsExactlyInAnyOrder(ROOT,
				ROOT + ".error", ROOT + ".engine", INTERNAL, INTERNAL + ".memory", INTERNAL + ".segment",
				INTERNAL + ".lock", INTERNAL + ".control", INTERNAL + ".list", INTERNAL + ".type", INTERNAL + ".posix");
	}

	@Test
	void theApiIsTheGroundFloor() {
		check(ArchRuleDefinition.noClasses()
			.that()
			.resideInAPackage(ROOT)
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(INTERNAL + "..", ROOT + ".engine.."));
		check(ArchRuleDefinition.noClasses()
			.that()
			.resideInAPackage(ROOT + ".engine")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(INTERNAL + ".."));
	}

	@Test
	void packagesDependDownwardOnly() {
		check(Architectures.layeredArchitecture()
			.consideringOnlyDependenciesInLayers()
			.layer("manager")
			.definedBy(INTERNAL)
			.layer("memory")
			.definedBy(INTERNAL + ".memory..")
			.layer("list")
			.definedBy(INTERNAL + ".list..")
			.layer("type")
			.definedBy(INTERNAL + ".type..")
			.layer("segment")
			.definedBy(INTERNAL + ".segment..")
			.layer("lock")
			.definedBy(INTERNAL + ".lock..")
			.layer("control")
			.definedBy(INTERNAL + ".control..")
			.layer("posix")
			.definedBy(INTERNAL + ".posix..")
			.whereLayer("manager")
			.mayNotBeAccessedByAnyLayer()
			.whereLayer("memory")
			.mayOnlyBeAccessedByLayers("manager")
			.whereLayer("list")
			.mayNotAccessAnyLayer()
			.whereLayer("type")
			.mayOnlyAccessLayers("posix")
			.whereLayer("segment")
			.mayOnlyAccessLayers("lock", "control", "posix")
			.whereLayer("lock")
			.mayOnlyAccessLayers("control", "posix")
			.whereLayer("control")
			.mayOnlyAccessLayers("posix")
			.whereLayer("posix")
			.mayNotAccessAnyLayer());
	}

	@Test
	void packagesHaveNoCycles() {
		check(SlicesRuleDefinition.slices().matching(INTERNAL + ".(*)..").should().beFreeOfCycles());
	}

	@Test
	void onlyThePosixPackageUsesJna() {
		check(ArchRuleDefinition.noClasses()
			.that()
			.resideOutsideOfPackage(INTERNAL + ".posix..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("com.sun.jna.."));
		assertThat(CLASSES.getPackage(INTERNAL + ".posix").getClassDependenciesFromThisPackage())
			.anyMatch((dependency) -> dependency.getTargetClass().getPackageName().startsWith("com.sun.jna"));
	}

	@Test
	void libraryUsesNothingButTheJdkJnaAndJSpecify() {
		check(ArchRuleDefinition.classes()
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(ROOT + "..", "java..", "com.sun.jna..", "org.jspecify.annotations.."));
	}

	@Test
	void libraryPrintsNothingAndLogsInOnePlaceOnly() {
		check(GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS);
		check(GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING);
		check(ArchRuleDefinition.noClasses()
			.should()
			.callMethodWhere(DescribedPredicate.describe("prints a stack trace",
					(JavaCall<?> call) -> call.getName().equals("printStackTrace")
							&& call.getTargetOwner().isAssignableTo(Throwable.class))));
		check(ArchRuleDefinition.noClasses()
			.that()
			.haveSimpleNameNotEndingWith("Log")
			.should()
			.dependOnClassesThat()
			.belongToAnyOf(System.Logger.class));
	}

	@Test
	void everyPackageIsNullMarked() {
		assertThat(CLASSES.getPackage(ROOT).getSubpackagesInTree()).hasSize(10)
			.allMatch((javaPackage) -> javaPackage.isAnnotatedWith(NullMarked.class));
		JavaPackage root = CLASSES.getPackage(ROOT);
		assertThat(root.isAnnotatedWith(NullMarked.class)).isTrue();
	}

	@Test
	void objectsOverMappedMemoryAreNotPublic() {
		check(ArchRuleDefinition.classes()
			.that()
			.resideInAPackage(INTERNAL + ".memory")
			.and()
			.areAssignableTo(SharedSegment.class)
			.should()
			.notBePublic());
	}

	@Test
	void errorsAreExceptionsAndNothingElseIs() {
		check(ArchRuleDefinition.classes()
			.that()
			.areAssignableTo(Throwable.class)
			.should()
			.resideInAnyPackage(ROOT + ".error", INTERNAL + ".posix"));
		check(ArchRuleDefinition.classes()
			.that()
			.resideInAPackage(ROOT + ".error")
			.and()
			.doNotHaveSimpleName("package-info")
			.should()
			.beAssignableTo(RuntimeException.class));
	}

	private static void check(ArchRule rule) {
		rule.check(CLASSES);
	}

}
