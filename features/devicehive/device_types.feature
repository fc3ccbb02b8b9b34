@devicehive @device-types
Feature: Device types of users

  @DH-TYPE-01 @must
  Rule: Allowing all device types lists them all
    Source: devicehive-user, allowAllDeviceTypes, getDeviceTypes

    Scenario: A user with no device types
      Given a user "bob"
      And a user "ann"
      And a user "cid"
      And a device type "lamp"
      And "ann" may use no device types
      And "bob" may use no device types
      And "cid" may use no device types
      When the administrator allows all device types to "ann"
      Then the request succeeds
      And "ann" may use every device type

    Scenario: A device type that is made later
      Given a user "ann"
      And "ann" may use all device types
      When the administrator creates the device type "lamp"
      Then "ann" may use every device type

  @DH-TYPE-02 @must
  Rule: No longer allowing all leaves what is assigned
    Source: devicehive-user, disallowAllDeviceTypes, getDeviceTypes

    Scenario: A user to whom no device type is assigned
      Given a user "bob"
      And a user "ann"
      And a user "cid"
      And a device type "lamp"
      And "ann" may use all device types
      And "bob" may use all device types
      And "cid" may use all device types
      When the administrator no longer allows all device types to "ann"
      Then the request succeeds
      And the device types of "ann" are none

    Scenario: A user to whom one device type is assigned
      Given a user "ann"
      And a device type "lamp"
      And "ann" may use only the device types lamp
      When the administrator no longer allows all device types to "ann"
      Then the request succeeds
      And the device types of "ann" are lamp

  @DH-TYPE-03 @must
  Rule: Device types are assigned and taken away one by one
    Source: devicehive-user, assignDeviceType, unassignDeviceType, getDeviceTypes

    Scenario: A second device type
      Given a user "ann"
      And a user "bob"
      And a device type "lamp"
      And a device type "fan"
      And "ann" may use only the device types lamp
      And "bob" may use no device types
      When the administrator gives the device type "fan" to "ann"
      Then the request succeeds
      And the device types of "ann" are lamp and fan
      And the device types of "bob" are none

    Scenario: One of two is taken away
      Given a user "ann"
      And a device type "lamp"
      And a device type "fan"
      And "ann" may use only the device types lamp and fan
      When the administrator takes the device type "lamp" from "ann"
      Then the request succeeds
      And the device types of "ann" are fan

    Scenario: A device type that is assigned already
      Given a user "ann"
      And a device type "lamp"
      And "ann" may use only the device types lamp
      When the administrator gives the device type "lamp" to "ann"
      Then the request is refused or has no effect
      And the device types of "ann" are lamp

    Scenario: Three device types, and the second taken away twice
      Given a user "ann"
      And a device type "lamp"
      And a device type "fan"
      And a device type "door"
      And "ann" may use no device types
      When the administrator gives the device type "lamp" to "ann"
      And the administrator gives the device type "fan" to "ann"
      And the administrator gives the device type "door" to "ann"
      Then the request succeeds
      And the device types of "ann" are lamp, fan and door
      When the administrator takes the device type "fan" from "ann"
      And the administrator takes the device type "fan" from "ann"
      Then the request is refused or has no effect
      And the device types of "ann" are lamp and door

  @DH-TYPE-04 @should
  Rule: A device type that does not exist answers 404
    Source: devicehive-user, assignDeviceType, unassignDeviceType

    Scenario Outline: <method> with a device type that does not exist
      Given an equipped user "ann"
      When the administrator calls <method> for "ann" with an unknown device type
      Then the request is refused with 404
      And the device types of "ann" are lamp

      Examples:
        | method             |
        | assignDeviceType   |
        | unassignDeviceType |

  @DH-TYPE-05 @observed
  Rule: Single device types are neither assigned nor taken away while all are allowed
    Source: java-server, user

    Scenario Outline: The administrator <does> a user who may use all
      Given a user "ann"
      And a device type "lamp"
      And "ann" may use all device types
      When the administrator <does> "ann"
      Then the request is refused with 403
      And "ann" may use every device type

      Examples:
        | does                              |
        | gives the device type "lamp" to   |
        | takes the device type "lamp" from |

  @DH-TYPE-06 @observed
  Rule: Allowing all device types takes the single ones away
    Source: java-server, user

    Scenario: A user with one device type may use all, and then no longer
      Given a user "ann"
      And a device type "lamp"
      And "ann" may use only the device types lamp
      When the administrator allows all device types to "ann"
      Then "ann" may use every device type
      When the administrator no longer allows all device types to "ann"
      Then the request succeeds
      And the device types of "ann" are none
